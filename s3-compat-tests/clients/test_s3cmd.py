"""s3cmd: buckets, files in parts, trees, copies, signed addresses, and what it sets on objects and buckets."""
import uuid
import pytest, requests, rondo
from tools import digest, environment, plant, program, run, tree


@pytest.fixture
def s3cmd(server, tmp_path):
    host = server.endpoint.removeprefix("http://")
    settings = tmp_path / "s3cfg"
    settings.write_text(f"""[default]
access_key = {rondo.ACCESS}
secret_key = {rondo.SECRET}
host_base = {host}
host_bucket = {host}
use_https = False
max_retries = 1
""")
    command = program("s3cmd")
    env = environment(tmp_path)
    return lambda *words, **more: run([command, "-c", settings, "--no-progress", *words], env, **more)


def test_a_day_with_s3cmd(s3cmd, tmp_path):
    bucket = f"s3://s3cmd-{uuid.uuid4()}"
    s3cmd("mb", bucket)
    source = plant(tmp_path / "source", large=16 << 20)
    s3cmd("put", "--multipart-chunk-size-mb=5", "--add-header=x-amz-meta-note:one two", source / "large.bin",
          f"{bucket}/dir/large")
    s3cmd("get", f"{bucket}/dir/large", tmp_path / "back")
    assert digest(tmp_path / "back") == digest(source / "large.bin")
    told = s3cmd("info", f"{bucket}/dir/large")
    assert "one two" in told and "16777216" in told

    (source / "large.bin").unlink()
    s3cmd("sync", f"{source}/", f"{bucket}/tree/")
    s3cmd("sync", f"{bucket}/tree/", f"{tmp_path / 'copy'}/")
    assert tree(tmp_path / "copy") == tree(source)
    assert "upload:" not in s3cmd("sync", f"{source}/", f"{bucket}/tree/")

    s3cmd("cp", f"{bucket}/dir/large", f"{bucket}/dir/again")
    s3cmd("mv", f"{bucket}/dir/again", f"{bucket}/moved")
    assert "16777216" in s3cmd("du", f"{bucket}/moved")
    s3cmd("modify", "--add-header=x-amz-meta-note:three", f"{bucket}/moved")
    assert "three" in s3cmd("info", f"{bucket}/moved")
    # It signs addresses with signature version 2, which S3 takes no more: profile compat does.
    assert requests.get(s3cmd("signurl", f"{bucket}/moved", "+60").strip(), timeout=30).status_code == 400

    s3cmd("settagging", f"{bucket}/moved", "a=1&b=2")
    assert "a=1" in s3cmd("gettagging", f"{bucket}/moved").replace("\t", "").replace(":", "=")
    s3cmd("del", "--recursive", "--force", bucket)
    assert s3cmd("ls", "--recursive", bucket) == ""
    s3cmd("rb", bucket)
    assert bucket not in s3cmd("ls")
