"""MinIO's client: mirrors, moves, finds, streams, shared addresses, checksums, and what it does with versions."""
import datetime, json, random, time, uuid
import pytest, requests, rondo
from tools import ONE_NODE, digest, environment, plant, program, run, tree


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


@ONE_NODE
@pytest.mark.parametrize("algorithm", ["CRC64NVME", "CRC32", "CRC32C", "SHA1", "SHA256"])
def test_mc_sends_checksums(mc, s3, tmp_path, algorithm):
    """Whole objects with the sum in a trailer, and parts with one each; mc sends parts from 16 MiB on unless told."""
    name = f"mc-{uuid.uuid4()}"
    mc("mb", f"r/{name}")
    source = plant(tmp_path / "source", files=2, large=17 << 20)
    mc("cp", "--recursive", "--checksum", algorithm, f"{source}/", f"r/{name}/copied/")
    mc("put", "--checksum", algorithm, "--part-size", "5MiB", source / "large.bin", f"r/{name}/put")
    mc("mirror", "--checksum", algorithm, source / "a1", f"r/{name}/mirrored")
    small = "b 1/файл+1&é%41=.txt"
    for key, parts in {"copied/large.bin": 2, "put": 4, f"copied/a1/{small}": 0, f"mirrored/{small}": 0}.items():
        told = s3.head_object(Bucket=name, Key=key, ChecksumMode="ENABLED")
        assert told[f"Checksum{algorithm}"], (key, told)
        assert told["ETag"].strip('"').endswith(f"-{parts}") == bool(parts), (key, told)
        whole = not parts or algorithm == "CRC64NVME"
        assert told["ChecksumType"] == ("FULL_OBJECT" if whole else "COMPOSITE"), (key, told)
    mc("cp", "--recursive", f"r/{name}/copied/", tmp_path / "back")
    assert tree(tmp_path / "back") == tree(source)
    mc("rb", "--force", f"r/{name}")


@ONE_NODE
def test_mc_goes_back_in_time(mc, s3, tmp_path):
    name = f"mc-{uuid.uuid4()}"
    mc("mb", "--with-versioning", f"r/{name}")
    for key in ("kept", "changed", "gone"):
        last = s3.put_object(Bucket=name, Key=f"a b/{key}", Body=f"{key} at first".encode())
    first = s3.head_object(Bucket=name, Key="a b/gone", VersionId=last["VersionId"])["LastModified"]
    # Times are told in whole seconds.
    then = first + datetime.timedelta(seconds=1)
    while datetime.datetime.now(datetime.timezone.utc) < then + datetime.timedelta(seconds=1):
        time.sleep(0.1)
    s3.put_object(Bucket=name, Key="a b/changed", Body=b"changed later")
    s3.put_object(Bucket=name, Key="a b/added", Body=b"later")
    s3.delete_object(Bucket=name, Key="a b/gone")
    before = then.strftime("%Y-%m-%dT%H:%M:%SZ")
    mc("cp", "--recursive", "--rewind", before, f"r/{name}/a b/", tmp_path / "then")
    assert {one.name: one.read_text() for one in (tmp_path / "then").iterdir()} \
        == {key: f"{key} at first" for key in ("kept", "changed", "gone")}
    assert "gone" in mc("ls", "--recursive", "--rewind", before, f"r/{name}")
    assert mc("ls", "--recursive", "--versions", f"r/{name}").count("gone") == 2
    mc("cp", "--version-id", last["VersionId"], f"r/{name}/a b/gone", tmp_path / "one")
    assert (tmp_path / "one").read_text() == "gone at first"
    mc("undo", "--action", "DELETE", f"r/{name}/a b/gone")
    mc("undo", "--last", "1", f"r/{name}/a b/changed")
    mc("mirror", f"r/{name}/a b", tmp_path / "now")
    assert {one.name: one.read_text() for one in (tmp_path / "now").iterdir()} \
        == {"kept": "kept at first", "changed": "changed at first", "gone": "gone at first", "added": "later"}
    mc("rb", "--force", f"r/{name}")


@ONE_NODE
def test_mc_mirrors_what_changes(mc, s3, tmp_path):
    name = f"mc-{uuid.uuid4()}"
    mc("mb", f"r/{name}")
    source = plant(tmp_path / "source", files=6)
    mc("mirror", "--preserve", "--attr", "note=one", source, f"r/{name}/one")
    mc("mirror", f"r/{name}/one", f"r/{name}/two")
    (source / "a0" / "b 0" / "файл+0&é%41=.txt").unlink()
    (source / "new").write_text("new")
    (source / "a1" / "b 1" / "файл+1&é%41=.txt").write_text("changed")
    mc("mirror", "--overwrite", "--remove", source, f"r/{name}/one")
    mc("mirror", "--overwrite", "--remove", f"r/{name}/one", f"r/{name}/two")
    mc("mirror", f"r/{name}/two", tmp_path / "back")
    assert tree(tmp_path / "back") == tree(source)
    assert s3.head_object(Bucket=name, Key="two/a2/b 0/файл+2&é%41=.txt")["Metadata"]["note"] == "one"
    mc("rb", "--force", f"r/{name}")
