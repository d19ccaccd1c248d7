"""A disk that fills: the first object, the last one, deletes, and room again."""
import json, os, re, subprocess, time, urllib.error, urllib.request
import pytest
from botocore.exceptions import ClientError
from conftest import connect
import rondo

OBJECT_BYTES = 4 << 20


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 500 MiB, and a way to make it larger."""
    folder = tmp_path / "disk"
    folder.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=500m", "tmpfs", str(folder)], capture_output=True).returncode:
        pytest.skip("no file system can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def health(node, question=""):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{node.base + 1}/health{question}") as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.read().decode()


def until(condition, seconds=90):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "not in time"
        time.sleep(0.2)


def refused(call, **parameters):
    with pytest.raises(ClientError) as error:
        call(**parameters)
    answer = error.value.response
    return answer["ResponseMetadata"]["HTTPStatusCode"], answer["Error"]["Code"]


def test_a_disk_that_fills_says_so_loses_nothing_and_goes_on(tmp_path, small_disk):
    node = rondo.Node(tmp_path / "node", rondo.free_base_port(), data=small_disk / "data").wait_until_ready()
    try:
        client = connect(node.endpoint)
        client.create_bucket(Bucket="space")
        client.put_object(Bucket="space", Key="first", Body=b"x" * 20_000)
        kept, full = {"first": b"x" * 20_000}, None
        while full is None:
            assert len(kept) < 150, "a disk of 500 MiB took more"
            key, body = f"k{len(kept)}", os.urandom(OBJECT_BYTES)
            try:
                client.put_object(Bucket="space", Key=key, Body=body)
                kept[key] = body
            except ClientError as error:
                full = error.response["ResponseMetadata"]["HTTPStatusCode"], error.response["Error"]["Code"]
        assert full == (507, "StorageFull") and len(kept) > 50
        assert refused(client.put_object, Bucket="space", Key="small", Body=b"x") == (507, "StorageFull")
        until(lambda: "takes no new data" in health(node, "/whole"))
        assert "StorageFull" in health(node, "/quorum") and health(node, "/ready") == "ready\n"
        until(lambda: re.search("[0-9]+ % full.*takes no new data", node.log.read_text()))
        for n in range(500):
            client.delete_object(Bucket="space", Key=f"nothing{n}")
        client.put_bucket_tagging(Bucket="space", Tagging={"TagSet": [{"Key": "a", "Value": "b"}]})
        client.delete_object(Bucket="space", Key="k1")
        del kept["k1"]

        fill(small_disk / "filler")
        until(lambda: not (small_disk / "data" / "ballast").exists())
        assert refused(client.put_object, Bucket="space", Key="k2", Body=b"x") == (507, "StorageFull")
        until(lambda: not refusal(client))
        client.delete_object(Bucket="space", Key="k3")
        del kept["k3"]
        for n in range(200):
            client.delete_object(Bucket="space", Key=f"nothing{n}")
        client.put_bucket_tagging(Bucket="space", Tagging={"TagSet": [{"Key": "a", "Value": "c"}]})
        (small_disk / "filler").unlink()
        subprocess.run(["mount", "-o", "remount,size=900m", str(small_disk)], check=True)
        until((small_disk / "data" / "ballast").exists)
        until(lambda: takes(client, "last", b"y" * 20_000))
        kept["last"] = b"y" * 20_000
        node.kill()
        node = rondo.Node(tmp_path / "node", node.base, data=small_disk / "data").wait_until_ready()
        wrong = [key for key, body in kept.items() if client.get_object(Bucket="space", Key=key)["Body"].read() != body]
        assert not wrong
        assert not json.loads(health(node))["warnings"]
    finally:
        node.kill()


def fill(file):
    """Takes all that is free, in one step."""
    with file.open("wb") as filler:
        free = os.statvfs(file.parent)
        os.posix_fallocate(filler.fileno(), 0, free.f_bavail * free.f_frsize)


def takes(client, key, body):
    try:
        client.put_object(Bucket="space", Key=key, Body=body)
        return True
    except ClientError as error:
        assert error.response["Error"]["Code"] == "StorageFull"
        return False


def refusal(client):
    try:
        client.delete_object(Bucket="space", Key="nothing")
        return None
    except ClientError as error:
        return error
