"""What rots, goes missing or is cut off on a node's disks, and the commands that find and mend it."""
import json, pathlib, subprocess, time, urllib.error, urllib.request
from botocore.exceptions import ClientError
from conftest import connect
import rondo

BODIES = {f"key{n}": bytes([n]) * (200_000 + n) for n in range(12)}


def run(*arguments):
    done = subprocess.run([str(rondo.ROOT / "rondo"), *arguments], env=rondo.environment(),
                          capture_output=True, text=True, timeout=120)
    return done.returncode, done.stdout + done.stderr


def extents(data):
    return sorted(pathlib.Path(data).rglob("*.extent"))


def flip(file, at):
    with file.open("r+b") as f:
        f.seek(at)
        byte = f.read(1)[0]
        f.seek(at)
        f.write(bytes([byte ^ 4]))


def fill(client):
    client.create_bucket(Bucket="disks")
    for key, body in BODIES.items():
        client.put_object(Bucket="disks", Key=key, Body=body)


def unreadable(client):
    bad = []
    for key, body in BODIES.items():
        try:
            assert client.get_object(Bucket="disks", Key=key)["Body"].read() == body
        except ClientError as error:
            assert error.response["ResponseMetadata"]["HTTPStatusCode"] == 503
            bad.append(key)
    return bad


def health(node):
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{node.base + 1}/health/whole") as answer:
            return answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.read().decode()


def until(condition, seconds=90):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "not in time"
        time.sleep(0.5)


def test_recover_tells_what_is_damaged_and_makes_indexes_anew(tmp_path):
    base = rondo.free_base_port()
    node = rondo.Node(tmp_path, base).wait_until_ready()
    fill(connect(node.endpoint))
    assert run("scrub", "--now", "--admin", f"127.0.0.1:{base + 1}")[0] == 0
    status, said = run("recover", "--data", str(tmp_path / "data"))
    assert status == 1 and "in use" in said
    node.stop()
    extent, = extents(tmp_path / "data")
    flip(extent, extent.stat().st_size - 5)
    status, said = run("recover", "--data", str(tmp_path / "data"))
    assert status == 0 and "1 of them with an index made anew" in said and "12 chunks, 0 of them damaged" in said
    flip(extent, 1_000_000)
    status, said = run("recover", "--data", str(tmp_path / "data"))
    assert status == 1 and "12 chunks, 1 of them damaged" in said
    node = rondo.Node(tmp_path, base).wait_until_ready()
    try:
        assert len(unreadable(connect(node.endpoint, attempts=0))) == 1
        assert "damaged" in health(node)
    finally:
        node.stop()


def test_a_flipped_bit_is_found_served_around_and_mended_from_another_node(tmp_path):
    cluster = rondo.Cluster(tmp_path, rondo.free_base_port()).wait_until_ready()
    try:
        client = connect(cluster.endpoint, attempts=0)
        fill(client)
        victim = next(file for file in extents(tmp_path / "dev") if file.stat().st_size > 1_000_000)
        number = int("".join(c for c in victim.relative_to(tmp_path / "dev").parts[0] if c.isdigit()))
        admin = f"127.0.0.1:{cluster.base + 10 * (number - 1) + 1}"
        flip(victim, 500_000)
        status, said = run("scrub", "--now", "--json", "--admin", admin)
        assert "checksum" in said or json.loads(said)["findings"], said
        assert unreadable(client) == []
        until(lambda: json.loads(run("scrub", "--json", "--admin", admin)[1])["damagedChunks"] == 0)
        status, said = run("scrub", "--now", "--json", "--admin", admin)
        assert status == 0 and all(folder["lastFindings"] == 0 for folder in json.loads(said)["folders"]), said
    finally:
        cluster.stop()


def test_a_node_serves_without_a_folder_that_is_missing_and_takes_it_back(tmp_path):
    base, one, two = rondo.free_base_port(), tmp_path / "one", tmp_path / "two"
    both = f"{one},{two}"
    node = rondo.Node(tmp_path, base, data=both).wait_until_ready()
    fill(connect(node.endpoint))
    node.stop()
    # Both are on one disk, so that all chunks may be in the first: it goes, but for the rows.
    away = two if extents(two) else one / "extents"
    away.rename(tmp_path / "away")
    node = rondo.Node(tmp_path, base, data=both).wait_until_ready()
    try:
        client = connect(node.endpoint, attempts=0)
        assert str(away) in health(node) and "this node has used it" in health(node)
        assert unreadable(client) != []
        client.put_object(Bucket="disks", Key="new", Body=b"n" * 100_000)
        admin = ["--admin", f"127.0.0.1:{base + 1}"]
        listed = run("disk", "list", *admin)[1]
        assert f"{one}  metadata, chunks  " in listed and "failed" in listed and "this node has used it" in listed
        assert "is no data folder" in run("disk", "replace", str(tmp_path), *admin)[1]
        assert "has the metadata" in run("disk", "replace", str(one), *admin)[1]
        assert "is missing" in run("disk", "add", "/three", *admin)[1]
        (tmp_path / "away").rename(away)
        until(lambda: "this node has used it" not in health(node))
        assert unreadable(client) == []
        assert client.get_object(Bucket="disks", Key="new")["Body"].read() == b"n" * 100_000
    finally:
        node.stop()


def test_a_replaced_disk_is_begun_anew_by_one_order(tmp_path):
    base, one, two = rondo.free_base_port(), tmp_path / "one", tmp_path / "two"
    node = rondo.Node(tmp_path, base, data=f"{one},{two}").wait_until_ready()
    admin = ["--admin", f"127.0.0.1:{base + 1}"]
    assert "works: nothing is to be replaced" in run("disk", "replace", str(two), *admin)[1]
    node.stop()
    two.rename(tmp_path / "broken")
    node = rondo.Node(tmp_path, base, data=f"{one},{two}").wait_until_ready()
    try:
        assert "is missing: mount the new disk" in run("disk", "replace", str(two), *admin)[1]
        two.mkdir()
        (two / "other").touch()
        assert "isn't empty" in run("disk", "replace", str(two), *admin)[1]
        (two / "other").unlink()
        status, said = run("disk", "replace", str(two), *admin)
        assert status == 0 and "is begun anew" in said, said
        until(lambda: "failed" not in run("disk", "list", *admin)[1])
        assert extents(one) or (two / "extents").is_dir()
    finally:
        node.stop()


def test_a_disk_is_added_to_a_running_node_and_another_one_taken_out(tmp_path):
    base, one, two, three = rondo.free_base_port(), tmp_path / "one", tmp_path / "two", tmp_path / "three"
    admin = ["--admin", f"127.0.0.1:{base + 1}"]
    node = rondo.Node(tmp_path, base, data=f"{one},{two}").wait_until_ready()
    fill(connect(node.endpoint))
    node.stop()
    # All are on one disk, so that either may have the chunks: now the second one does.
    for extent in extents(one):
        extent.rename(two / "extents" / extent.name)
    node = rondo.Node(tmp_path, base, data=f"{one},{two}").wait_until_ready()
    try:
        client = connect(node.endpoint, attempts=0)
        three.mkdir()
        status, said = run("disk", "add", str(three), *admin)
        assert status == 0 and f"'{three}' is a data folder of this node from now on" in said, said
        assert "Warning: it is on the disk of" in said
        status, said = run("disk", "drain", str(two), *admin)
        assert status == 0 and f"'{two}' leaves" in said, said
        until(lambda: "empty: take it out of data" in run("disk", "list", *admin)[1])
        listed = run("disk", "list", *admin)[1]
        assert f"{two}  chunks  leaving" in listed and f"{three}  chunks  works" in listed, listed
        assert not extents(two) and unreadable(client) == []
        client.put_object(Bucket="disks", Key="new", Body=b"n" * 100_000)
    finally:
        node.stop()
    two.rename(tmp_path / "away")
    node = rondo.Node(tmp_path, base, data=f"{one},{three}").wait_until_ready()
    try:
        client = connect(node.endpoint, attempts=0)
        assert str(two) not in run("disk", "list", *admin)[1]
        assert unreadable(client) == []
        assert client.get_object(Bucket="disks", Key="new")["Body"].read() == b"n" * 100_000
    finally:
        node.stop()
