"""MinIO's client: mirrors, moves, finds, streams, shared addresses, and what it tells of objects."""
import json, random, uuid
import pytest, requests, rondo
from tools import digest, environment, plant, program, run, tree


@pytest.fixture
def mc(server, tmp_path):
    command = program("mc")
    host = server.endpoint.removeprefix("http://")
    env = environment(tmp_path, MC_HOST_r=f"http://{rondo.ACCESS}:{rondo.SECRET}@{host}")
    return lambda *words, **more: run([command, "--config-dir", tmp_path / "mc", "--quiet", *words], env, **more)


def test_a_day_with_mc(mc, tmp_path):
    bucket = f"r/mc-{uuid.uuid4()}"
    mc("mb", bucket)
    source = plant(tmp_path / "source", large=23 << 20)
    mc("mirror", source, f"{bucket}/tree")
    assert mc("diff", source, f"{bucket}/tree").strip() == ""
    mc("mirror", f"{bucket}/tree", tmp_path / "back")
    assert tree(tmp_path / "back") == tree(source)

    mc("cp", "--attr", "note=one", f"{bucket}/tree/large.bin", f"{bucket}/copied")
    told = json.loads(mc("--json", "stat", f"{bucket}/copied"))
    assert told["size"] == 23 << 20 and told["metadata"]["X-Amz-Meta-Note"] == "one"
    mc("mv", f"{bucket}/copied", f"{bucket}/moved")
    assert "large.bin" in mc("find", bucket, "--name", "large*")
    mc("tag", "set", f"{bucket}/moved", "k=v")
    assert "v" in mc("tag", "list", f"{bucket}/moved")
    mc("cp", f"{bucket}/moved", tmp_path / "moved")
    assert digest(tmp_path / "moved") == digest(source / "large.bin")

    share = json.loads(mc("--json", "share", "download", "--expire", "1m", f"{bucket}/moved"))["share"]
    assert len(requests.get(share, timeout=30).content) == 23 << 20
    mc("stat", f"{bucket}/none", fails=True)
    mc("rm", "--recursive", "--force", bucket)
    mc("rb", bucket)


def test_mc_pipes_what_has_no_length(mc, tmp_path):
    bucket = f"r/mc-{uuid.uuid4()}"
    mc("mb", bucket)
    data = random.Random(1).randbytes(300_000)
    (tmp_path / "in").write_bytes(data)
    with open(tmp_path / "in", "rb") as stream:
        mc("pipe", f"{bucket}/piped", stdin=stream)
    mc("cp", f"{bucket}/piped", tmp_path / "out")
    assert (tmp_path / "out").read_bytes() == data
    mc("rb", "--force", bucket)


def test_mc_undoes_what_was_done_last(mc, s3):
    """It takes versions and markers in the order in which they are listed: a marker that comes late costs a version."""
    name = f"mc-{uuid.uuid4()}"
    mc("mb", "--with-versioning", f"r/{name}")
    for key in ("gone", "again"):
        s3.put_object(Bucket=name, Key=key, Body=key.encode())
        s3.delete_object(Bucket=name, Key=key)
    s3.put_object(Bucket=name, Key="again", Body=b"put again")
    mc("undo", "--recursive", "--force", "--last", "1", f"r/{name}/")
    assert s3.get_object(Bucket=name, Key="gone")["Body"].read() == b"gone"
    assert [one["Key"] for one in s3.list_object_versions(Bucket=name)["DeleteMarkers"]] == ["again"]
    mc("undo", "--recursive", "--force", "--last", "1", f"r/{name}/")
    assert [one["Key"] for one in s3.list_objects_v2(Bucket=name)["Contents"]] == ["again"]
    mc("rb", "--force", f"r/{name}")
