"""Programs that keep tables in buckets: Rust's object_store, delta-rs and Polars on it, and ClickHouse's own client."""
import uuid
import pytest
from tools import ONE_NODE, TARGET, empty, environment, run

pytestmark = ONE_NODE

PRELUDE = """
import concurrent.futures, os, random, sys
endpoint, bucket = sys.argv[1], sys.argv[2]
options = {"aws_endpoint_url": endpoint, "aws_region": "us-east-1", "aws_allow_http": "true",
           "aws_virtual_hosted_style_request": "false"}
"""

OBSTORE = """
import obstore
from obstore.store import S3Store
from obstore.exceptions import AlreadyExistsError, NotModifiedError, PreconditionError
store = S3Store(bucket, config=options, copy_if_not_exists="multipart")
small, large = random.Random(1).randbytes(70_000), random.Random(2).randbytes(11 << 20)

def refused(error, call, *words, **more):
    try:
        call(*words, **more)
    except error:
        return
    raise SystemExit(f"{call} wasn't refused with {error}")

# Beyond ASCII, what comes back is as RFC 2047 has it: in ASCII, so that it can be read at all.
attributes = {"Content-Type": "x/y", "Cache-Control": "max-age=9", "note": "one two", "other": "три + ü"}
obstore.put(store, "ключ +%41", small, attributes=attributes, tags={"k": "v w"})
got = obstore.get(store, "ключ +%41")
assert bytes(got.bytes()) == small and got.meta["size"] == 70_000
from email.header import decode_header, make_header
assert {k: str(make_header(decode_header(v))) for k, v in got.attributes.items()} == attributes, got.attributes

one = obstore.put(store, "once", b"one", mode="create")
refused(AlreadyExistsError, obstore.put, store, "once", b"two", mode="create")
two = obstore.put(store, "once", b"two", mode={"e_tag": one["e_tag"]})
refused(PreconditionError, obstore.put, store, "once", b"three", mode={"e_tag": one["e_tag"]})
refused(PreconditionError, obstore.put, store, "none", b"", mode={"e_tag": one["e_tag"]})
refused(NotModifiedError, obstore.get, store, "once", options={"if_none_match": two["e_tag"]})
refused(PreconditionError, obstore.get, store, "once", options={"if_match": one["e_tag"]})

def count(n):
    \"\"\"Adds one to a number by compare and swap.\"\"\"
    while True:
        now = obstore.get(store, "number")
        try:
            return obstore.put(store, "number", str(int(bytes(now.bytes())) + 1).encode(),
                               mode={"e_tag": now.meta["e_tag"]})
        except PreconditionError:
            pass

obstore.put(store, "number", b"0")
with concurrent.futures.ThreadPoolExecutor(4) as pool:
    list(pool.map(count, range(12)))
assert bytes(obstore.get(store, "number").bytes()) == b"12"

obstore.put(store, "dir/large", large, use_multipart=True, chunk_size=5 << 20)
with obstore.open_writer(store, "dir/written", buffer_size=5 << 20) as out:
    for at in range(0, len(large), 1 << 20):
        out.write(large[at:at + (1 << 20)])
assert bytes(obstore.get(store, "dir/written").bytes()) == bytes(obstore.get(store, "dir/large").bytes()) == large
spans = [bytes(span) for span in obstore.get_ranges(store, "dir/large", starts=[0, 5 << 20], ends=[3, (5 << 20) + 9])]
assert spans == [large[:3], large[5 << 20:(5 << 20) + 9]]

obstore.copy(store, "dir/large", "dir/a b/copy", overwrite=False)
refused(AlreadyExistsError, obstore.copy, store, "once", "dir/a b/copy", overwrite=False)
obstore.rename(store, "dir/a b/copy", "dir/a b/moved +", overwrite=True)
assert bytes(obstore.get(store, "dir/a b/moved +").bytes()) == large
told = obstore.list_with_delimiter(store, "dir")
assert (told["common_prefixes"], [one["path"] for one in told["objects"]]) == (["dir/a b"], ["dir/large", "dir/written"])
paths = [one["path"] for page in obstore.list(store, chunk_size=2) for one in page]
assert paths == ["dir/a b/moved +", "dir/large", "dir/written", "number", "once", "ключ +%41"], paths
assert [one["path"] for one in obstore.list(store, offset="dir/written").collect()] == ["number", "once", "ключ +%41"]
obstore.delete(store, paths)
assert obstore.list(store).collect() == []
"""

DELTA = """
import polars as pl
from deltalake import DeltaTable, write_deltalake
url = f"s3://{bucket}/tables/one"
frame = lambda n: pl.DataFrame({"n": range(n, n + 1000), "kind": [f"k {i % 3}" for i in range(1000)]}).to_arrow()
write_deltalake(url, frame(0), storage_options=options, partition_by=["kind"])
write_deltalake(url, frame(1000), storage_options=options, mode="append")
# Each commit is a file that is created unless it's there: of two with one number, one has to try again.
with concurrent.futures.ThreadPoolExecutor(4) as pool:
    list(pool.map(lambda n: write_deltalake(url, frame(n * 1000), storage_options=options, mode="append"), range(2, 10)))
table = DeltaTable(url, storage_options=options)
assert table.version() == 9, table.version()
read = pl.scan_delta(url, storage_options=options)
assert read.select(pl.len(), pl.col("n").sum()).collect().row(0) == (10_000, sum(range(10_000)))
assert read.filter(pl.col("kind") == "k 1").select(pl.len()).collect().item() == 3330
table.delete("n < 500")
table.optimize.compact()
table.vacuum(retention_hours=0, enforce_retention_duration=False, dry_run=False)
assert pl.read_delta(url, storage_options=options).height == 9_500
assert pl.read_delta(url, version=table.version(), storage_options=options).height == 9_500
"""

POLARS = """
import polars as pl
frame = pl.DataFrame({"n": range(100_000), "kind": [f"k {i % 5}" for i in range(100_000)]})
frame.write_parquet(f"s3://{bucket}/a b/whole.parquet", storage_options=options)
assert pl.scan_parquet(f"s3://{bucket}/a b/*.parquet", storage_options=options).filter(pl.col("n") > 99_997) \\
    .collect()["kind"].to_list() == ["k 3", "k 4"]
frame.lazy().sink_parquet(pl.PartitionBy(f"s3://{bucket}/parts/", key="kind"), storage_options=options, mkdir=True)
some = pl.scan_parquet(f"s3://{bucket}/parts/", hive_partitioning=True, storage_options=options)
assert some.filter(pl.col("kind") == "k 3").select(pl.col("n").sum()).collect().item() == sum(range(3, 100_000, 5))
frame.lazy().sink_csv(f"s3://{bucket}/out.csv", storage_options=options)
assert pl.read_csv(f"s3://{bucket}/out.csv", storage_options=options).equals(frame)
pl.LazyFrame({"n": range(1_000_000)}).with_columns(pl.col("n").hash().alias("h")) \\
    .sink_parquet(f"s3://{bucket}/large.parquet", storage_options=options)
assert pl.scan_parquet(f"s3://{bucket}/large.parquet", storage_options=options).select(pl.len()).collect().item() == 1_000_000
"""

CHDB = """
import chdb
keys = os.environ["AWS_ACCESS_KEY_ID"], os.environ["AWS_SECRET_ACCESS_KEY"]
at = lambda path, form="Parquet": f"s3('{endpoint}/{bucket}/{path}', '{keys[0]}', '{keys[1]}', '{form}')"
ask = lambda query: str(chdb.query(query, "CSV")).strip()
ask(f"insert into function {at('a+b/one.parquet')} select number as n, number % 5 as kind from numbers(200000)")
ask(f"insert into function {at('a+b/two.parquet')} select number as n, number % 5 as kind from numbers(10)")
assert ask(f"select sum(n), count() from {at('a+b/*.parquet')}") == f"{sum(range(200000)) + 45},200010"
assert ask(f"select count() from {at('**/{one,none}.parquet')} where kind = 3") == "40000"
ask(f"insert into function {at('parts/{_partition_id}.csv', 'CSV')} partition by kind "
    "select number as n, number % 5 as kind from numbers(1000)")
assert ask(f"select _file, count() from {at('parts/{1..3}.csv', 'CSV')} group by _file order by _file") \\
    == '"1.csv",200\\n"2.csv",200\\n"3.csv",200'
# Large enough for an upload in parts; what is there isn't overwritten unasked.
settings = "settings s3_min_upload_part_size = 5242880, s3_max_single_part_upload_size = 5242880"
ask(f"insert into function {at('large.parquet')} select number as n, rand64() as r from numbers(1200000) {settings}")
assert ask(f"select count(), max(n) from {at('large.parquet')}") == "1200000,1199999"
try:
    ask(f"insert into function {at('large.parquet')} select 1 as n, 2 as r")
    raise SystemExit("overwritten unasked")
except RuntimeError as error:
    assert "already exists" in str(error), error
try:
    ask(f"select * from {at('none.parquet', 'Parquet')}")
    raise SystemExit("a table was read that isn't there")
except RuntimeError as error:
    assert "HTTP response code: 404" in str(error), error
"""


@pytest.mark.parametrize("program", ["OBSTORE", "DELTA", "POLARS", "CHDB"])
def test_tables_are_kept(server, s3, tmp_path, program):
    packages = TARGET / "tables" / "bin" / "python"
    needed = dict(OBSTORE="obstore", DELTA="deltalake", POLARS="polars", CHDB="chdb")[program]
    if not any((TARGET / "tables").glob(f"lib/*/site-packages/{needed}")):
        pytest.skip(f"the client {needed} isn't on this machine")
    bucket = f"lakes-{uuid.uuid4()}"
    s3.create_bucket(Bucket=bucket)
    script = tmp_path / "script.py"
    script.write_text(PRELUDE + globals()[program] + "print('all is well')\n")
    try:
        told = run([packages, script, server.endpoint, bucket], environment(tmp_path), fails=None, seconds=240)
        assert "all is well" in told, told
    finally:
        empty(s3, bucket)
