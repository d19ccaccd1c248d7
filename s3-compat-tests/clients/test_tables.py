"""Programs that read and write tables: PyArrow's file system, fsspec's s3fs, DuckDB through it and by its own httpfs."""
import uuid
import pytest
from tools import TARGET, empty, environment, run

PRELUDE = """
import os, sys
endpoint, bucket = sys.argv[1], sys.argv[2]
import pyarrow as pa, pyarrow.parquet as pq, pyarrow.dataset as ds
table = pa.table({"n": list(range(200_000)), "kind": [f"k {i % 5}" for i in range(200_000)]})
"""

PYARROW = """
from pyarrow import fs
s3 = fs.S3FileSystem(endpoint_override=endpoint.removeprefix("http://"), scheme="http", region="us-east-1",
                     allow_bucket_creation=True)
pq.write_table(table, f"{bucket}/whole.parquet", filesystem=s3)
assert pq.read_table(f"{bucket}/whole.parquet", filesystem=s3).equals(table)
ds.write_dataset(table, f"{bucket}/parts", format="parquet", filesystem=s3, partitioning=["kind"],
                 partitioning_flavor="hive")
some = ds.dataset(f"{bucket}/parts", filesystem=s3, partitioning="hive").to_table(filter=ds.field("kind") == "k 3")
assert some.num_rows == 40_000
with s3.open_output_stream(f"{bucket}/stream") as out:
    for i in range(13):
        out.write(bytes([i]) * (1 << 20))
info = s3.get_file_info(f"{bucket}/stream")
assert info.size == 13 << 20
with s3.open_input_file(f"{bucket}/stream") as file:
    file.seek((5 << 20) - 1)
    assert file.read(2) == bytes([4, 5])
s3.create_dir(f"{bucket}/empty")
assert s3.get_file_info(f"{bucket}/empty").type == fs.FileType.Directory
s3.move(f"{bucket}/stream", f"{bucket}/moved")
s3.delete_dir_contents(bucket)
assert s3.get_file_info(fs.FileSelector(bucket, recursive=True)) == []
"""

FSSPEC = """
import duckdb, s3fs
s3 = s3fs.S3FileSystem(endpoint_url=endpoint, client_kwargs=dict(region_name="us-east-1"))
pq.write_table(table, f"{bucket}/whole.parquet", filesystem=s3)
with s3.open(f"{bucket}/whole.parquet") as file:
    assert pq.read_table(file).equals(table)
with s3.open(f"{bucket}/stream", "wb", block_size=5 << 20) as out:
    for i in range(13):
        out.write(bytes([i]) * (1 << 20))
assert s3.cat_file(f"{bucket}/stream", start=(5 << 20) - 1, end=(5 << 20) + 1) == bytes([4, 5])
s3.copy(f"{bucket}/stream", f"{bucket}/dir/copy")
assert sorted(s3.find(bucket)) == [f"{bucket}/dir/copy", f"{bucket}/stream", f"{bucket}/whole.parquet"]
base = duckdb.connect()
base.register_filesystem(s3)
assert base.sql(f"select sum(n) from read_parquet('s3://{bucket}/whole.parquet') where kind = 'k 3'").fetchall()[0][0] \\
    == sum(range(3, 200_000, 5))
base.sql(f"copy (select 42 as answer) to 's3://{bucket}/out.parquet' (format parquet)")
assert base.sql(f"from read_parquet('s3://{bucket}/o*.parquet')").fetchall() == [(42,)]
s3.rm(f"{bucket}/dir", recursive=True)
s3.mv(f"{bucket}/stream", f"{bucket}/moved")
assert s3.exists(f"{bucket}/moved") and not s3.exists(f"{bucket}/dir/copy")
"""

HTTPFS = """
import importlib.util, pathlib, duckdb
there = importlib.util.find_spec("duckdb_extension_httpfs")
if there is None:
    sys.exit(77)
base = duckdb.connect(config=dict(allow_unsigned_extensions="true"))
extension, = pathlib.Path(there.origin).parent.rglob("httpfs.duckdb_extension")
base.execute(f"load '{extension}'")
base.execute(f"create secret (type s3, key_id '{os.environ['AWS_ACCESS_KEY_ID']}', "
             f"secret '{os.environ['AWS_SECRET_ACCESS_KEY']}', endpoint '{endpoint.removeprefix('http://')}', "
             "region 'us-east-1', url_style 'path', use_ssl false)")
base.register("t", table)
base.sql(f"copy t to 's3://{bucket}/whole.parquet' (format parquet)")
base.sql(f"copy t to 's3://{bucket}/parts' (format parquet, partition_by (kind))")
assert base.sql(f"select sum(n) from 's3://{bucket}/whole.parquet'").fetchall() == [(sum(range(200_000)),)]
assert base.sql(f"select count(*) from read_parquet('s3://{bucket}/parts/**/*.parquet', hive_partitioning = true) "
                "where kind = 'k 3'").fetchall() == [(40_000,)]
# Large enough for an upload in parts, and read by ranges.
base.sql(f"copy (select n, hash(n * 7) as h, random() as r from range(1_500_000) x(n)) to 's3://{bucket}/large.parquet'")
assert base.sql(f"select n from 's3://{bucket}/large.parquet' where n = 1_234_567").fetchall() == [(1_234_567,)]
assert base.sql(f"select count(*), max(n) from 's3://{bucket}/large.parquet'").fetchall() == [(1_500_000, 1_499_999)]
base.sql(f"copy (select 42 as answer) to 's3://{bucket}/out.csv'")
assert base.sql(f"from 's3://{bucket}/o*.csv'").fetchall() == [(42,)]
try:
    base.sql(f"from 's3://{bucket}/none.parquet'")
    raise SystemExit("a table was read that isn't there")
except duckdb.HTTPException:
    pass
"""


@pytest.mark.parametrize("program", ["PYARROW", "FSSPEC", "HTTPFS"])
def test_tables_are_written_and_read(server, s3, tmp_path, program):
    python = TARGET / "tables" / "bin" / "python"
    if not python.exists():
        pytest.skip("the clients pyarrow, s3fs and duckdb aren't on this machine")
    bucket = f"tables-{uuid.uuid4()}"
    s3.create_bucket(Bucket=bucket)
    script = tmp_path / "script.py"
    script.write_text(PRELUDE + globals()[program] + "print('all is well')\n")
    try:
        told = run([python, script, server.endpoint, bucket], environment(tmp_path), fails=None)
        if program == "HTTPFS" and not told:
            pytest.skip("the client httpfs, an extension of DuckDB, isn't on this machine")
        assert "all is well" in told, told
    finally:
        empty(s3, bucket)
