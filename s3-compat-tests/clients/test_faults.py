"""kill -9 while objects are written: what was acknowledged is there and whole, and nothing is torn."""
import concurrent.futures, hashlib, http.client, json, os, random, signal, subprocess, threading, time, uuid
import pytest
from botocore.exceptions import BotoCoreError, ClientError
from conftest import connect
import rondo

ROUNDS = int(os.environ.get("KILL_ROUNDS", "24"))
MISSED = int(os.environ.get("MISSED_WRITES", "300"))


class Writers:
    """Threads that put objects until told to stop, and remember what was acknowledged."""

    def __init__(self, endpoints, bucket, name, threads=4):
        self.stopped = threading.Event()
        self.acknowledged, self.tried, self.errors = {}, {}, []
        self.threads = [threading.Thread(target=self.write, args=(endpoints[n % len(endpoints)], bucket, f"{name}-{n}", n))
                        for n in range(threads)]
        for thread in self.threads:
            thread.start()

    def write(self, endpoint, bucket, name, seed):
        client, chance, count = connect(endpoint, attempts=1, timeout=10), random.Random(seed), 0
        while not self.stopped.is_set():
            key = f"{name}-{count % 40}"
            body = chance.randbytes(chance.choice([10, 3000, 20_000, 5 << 20] if count % 10 == 0 else [10, 3000, 20_000]))
            etag = hashlib.md5(body).hexdigest()
            self.tried.setdefault(key, set()).add(etag)
            try:
                client.put_object(Bucket=bucket, Key=key, Body=body)
                self.acknowledged[key] = (count, etag)
                self.tried[key] = {etag}
            except (ClientError, BotoCoreError) as error:
                self.errors.append(error)
                time.sleep(0.02)
            count += 1

    def stop(self):
        self.stopped.set()
        for thread in self.threads:
            thread.join(60)
        return self


def check(client, bucket, writers):
    """Each key holds its last acknowledged body, or one whose outcome isn't known; and is whole."""
    for key, (_, etag) in writers.acknowledged.items():
        body = client.get_object(Bucket=bucket, Key=key)["Body"].read()
        assert hashlib.md5(body).hexdigest() in writers.tried[key], key
    listed = set()
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        listed |= {entry["Key"] for entry in page.get("Contents", [])}
    assert set(writers.acknowledged) <= listed


def test_kill_9_under_load_loses_nothing(tmp_path):
    base = rondo.free_base_port()
    node = rondo.Node(tmp_path, base).wait_until_ready()
    client = connect(node.endpoint, attempts=6)
    client.create_bucket(Bucket="load")
    written = 0
    for round_ in range(ROUNDS):
        writers = Writers([node.endpoint], "load", f"r{round_}")
        time.sleep(random.Random(round_).uniform(0.3, 1.2))
        node.kill()
        writers.stop()
        node = rondo.Node(tmp_path, base).wait_until_ready(30)
        check(client, "load", writers)
        written += len(writers.acknowledged)
    assert written > ROUNDS
    assert node.stop() in (0, 143)


def test_three_nodes_survive_one_and_wait_for_two(tmp_path):
    cluster = rondo.Cluster(tmp_path, rondo.free_base_port()).wait_until_ready()
    try:
        clients = [connect(endpoint, attempts=1, timeout=20) for endpoint in cluster.endpoints]
        clients[0].create_bucket(Bucket="load")
        pids = cluster.node_pids()
        assert len(pids) == 3
        writers = Writers(cluster.endpoints[:2], "load", "a")
        time.sleep(2)
        os.kill(pids[2], signal.SIGKILL)
        time.sleep(5)
        writers.stop()
        assert writers.errors == [], writers.errors[:3]
        assert len(writers.acknowledged) > 20
        for client in clients[:2]:
            check(client, "load", writers)

        os.kill(pids[1], signal.SIGKILL)
        with pytest.raises(ClientError) as refused:
            clients[0].put_object(Bucket="load", Key="refused", Body=b"x")
        assert refused.value.response["ResponseMetadata"]["HTTPStatusCode"] == 503
        assert refused.value.response["Error"]["Code"] in ("SlowDown", "ServiceUnavailable")

        second = rondo.Node(cluster.folder / "again", cluster.base + 10, ["--zone", "zone2"],
                            data=cluster.folder / "dev" / "node2")
        try:
            wait_for_write(clients[0])
            check(clients[0], "load", writers)
            check(clients[1], "load", writers)
        finally:
            second.stop()
    finally:
        cluster.stop()


def wait_for_write(client, seconds=40):
    end = time.monotonic() + seconds
    while True:
        try:
            return client.put_object(Bucket="load", Key="again", Body=b"x")
        except ClientError:
            assert time.monotonic() < end, "no write within the time after the second node returned"
            time.sleep(0.2)


def test_memory_does_not_grow_with_the_object(tmp_path):
    size = int(os.environ.get("LARGE_MIB", "700")) << 20
    node = rondo.Node(tmp_path, rondo.free_base_port(), env={"JDK_JAVA_OPTIONS": "-Xmx256m"}).wait_until_ready()
    client = connect(node.endpoint, attempts=1, timeout=600)
    client.create_bucket(Bucket="large")
    source = tmp_path / "source"
    block = random.Random(5).randbytes(1 << 20)
    expected = hashlib.md5()
    with source.open("wb") as file:
        for n in range(size >> 20):
            piece = block[n % 1024:] + block[:n % 1024]
            file.write(piece)
            expected.update(piece)
    with source.open("rb") as file:
        client.put_object(Bucket="large", Key="k", Body=file)
    got = hashlib.md5()
    for piece in client.get_object(Bucket="large", Key="k")["Body"].iter_chunks(1 << 20):
        got.update(piece)
    assert got.digest() == expected.digest()
    assert rondo.resident_mib(node.pid) < 900
    assert node.stop() in (0, 143)


def test_a_second_start_is_quick(tmp_path):
    base = rondo.free_base_port()
    rondo.Node(tmp_path, base).wait_until_ready().stop()
    began = time.monotonic()
    node = rondo.Node(tmp_path, base).wait_until_ready()
    took = time.monotonic() - began
    node.stop()
    print(f"second start: {took:.2f} s")
    assert took < 10  # the figure itself is in docs/notes; this only catches a start that went wrong


def whole(admin_port):
    """Whether the node says that everything is on all of its replicas."""
    try:
        connection = http.client.HTTPConnection("127.0.0.1", admin_port, timeout=5)
        connection.request("GET", "/health/whole")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False


def wait_until_whole(ports, seconds=180):
    end = time.monotonic() + seconds
    while not all(whole(port) for port in ports):
        assert time.monotonic() < end, "not whole within the time"
        time.sleep(0.5)


def test_a_node_that_was_away_gets_rows_and_chunks_back_by_itself(tmp_path):
    cluster = rondo.Cluster(tmp_path, rondo.free_base_port()).wait_until_ready()
    third = None
    try:
        client = connect(cluster.endpoints[0], attempts=4, timeout=60)
        client.create_bucket(Bucket="away")
        wait_until_whole([cluster.base + 10 * n + 1 for n in range(3)])
        pids = cluster.node_pids()
        os.kill(pids[2], signal.SIGKILL)
        chance, bodies = random.Random(7), {}
        for n in range(200):
            key, size = f"key-{n}", 100_000 * (n + 1) if n % 20 == 0 else chance.randrange(20_000)
            body = chance.randbytes(size)
            client.put_object(Bucket="away", Key=key, Body=body)
            bodies[key] = hashlib.md5(body).digest()
        client.put_object(Bucket="away", Key="gone", Body=b"x" * 100_000)
        client.delete_object(Bucket="away", Key="gone")
        assert not whole(cluster.base + 1) or wait_for(lambda: not whole(cluster.base + 1), 60)

        third = rondo.Node(cluster.folder / "again", cluster.base + 20, ["--zone", "zone3"],
                           data=cluster.folder / "dev" / "node3").wait_until_ready()
        wait_until_whole([cluster.base + 10 * n + 1 for n in range(3)])
        # Rows need one more node to be read; large objects then come from the returned node or from it: take
        # the other away in turn, so that every chunk's copy on the returned node is asked for.
        os.kill(pids[0], signal.SIGKILL)
        reader = connect(third.endpoint, attempts=6, timeout=60)
        for key, digest in bodies.items():
            body = reader.get_object(Bucket="away", Key=key)["Body"].read()
            assert hashlib.md5(body).digest() == digest, key
        with pytest.raises(ClientError) as absent:
            reader.head_object(Bucket="away", Key="gone")
        assert absent.value.response["ResponseMetadata"]["HTTPStatusCode"] == 404
        held = chunk_bytes(cluster.folder / "dev" / "node3")
        assert held >= sum(100_000 * (n + 1) for n in range(0, 200, 20)), held
    finally:
        if third:
            third.stop()
        cluster.stop()


def metrics(admin_port):
    """Counters and gauges of a node, by name."""
    connection = http.client.HTTPConnection("127.0.0.1", admin_port, timeout=5)
    connection.request("GET", "/metrics")
    lines = connection.getresponse().read().decode().splitlines()
    return {name: float(value) for name, value in (line.rsplit(maxsplit=1) for line in lines if not line.startswith("#"))}


def test_a_node_that_was_away_is_whole_by_hints(tmp_path):
    cluster = rondo.Cluster(tmp_path, rondo.free_base_port()).wait_until_ready()
    third, ports = None, [cluster.base + 10 * n + 1 for n in range(3)]
    try:
        client = connect(cluster.endpoints[0], attempts=4, timeout=60)
        client.create_bucket(Bucket="hints")
        wait_until_whole(ports)
        os.kill(cluster.node_pids()[2], signal.SIGKILL)
        with concurrent.futures.ThreadPoolExecutor(8) as writers:
            list(writers.map(lambda n: client.put_object(Bucket="hints", Key=f"key-{n}", Body=b"x" * (n % 1000)),
                             range(MISSED)))
        wait_for(lambda: metrics(ports[0])["rondo_hints_waiting"] >= MISSED, 30)
        copies = status(ports[0])["copies"]
        assert not copies["whole"] and copies["secondsLeft"] == "unknown" and copies["hintsWaiting"] >= MISSED, copies
        assert [node["answers"] for node in copies["nodes"]].count(False) == 1, copies
        assert copies["partitionsUnderReplicated"] > 0 and copies["partitions"], copies

        third = rondo.Node(cluster.folder / "again", cluster.base + 20, ["--zone", "zone3"],
                           data=cluster.folder / "dev" / "node3").wait_until_ready()
        back = time.monotonic()
        wait_for(lambda: metrics(ports[0])["rondo_hints_waiting"] == 0, 60)
        told = metrics(ports[0])
        assert told["rondo_hints_replayed_total"] >= MISSED and told["rondo_hints_dropped_total"] == 0, told
        handed = time.monotonic() - back
        wait_until_whole(ports)
        print(f"{MISSED} missed writes: handed over {handed:.1f} s after its return, whole after "
              f"{time.monotonic() - back:.1f} s")
        copies = status(ports[1])["copies"]
        assert copies["whole"] and copies["partitions"] == "" and copies["secondsLeft"] == 0, copies
    finally:
        if third:
            third.stop()
        cluster.stop()


def status(admin_port):
    """What `rondo status` shows."""
    shown = subprocess.run([str(rondo.ROOT / "rondo"), "status", "--json", "--admin", f"127.0.0.1:{admin_port}"],
                           env=rondo.environment(), capture_output=True, text=True, timeout=60)
    assert shown.returncode == 0, shown.stderr
    return json.loads(shown.stdout)


def wait_for(condition, seconds):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end
        time.sleep(0.5)
    return True


def chunk_bytes(folder):
    """Bytes in the extents of a data folder."""
    return sum(file.stat().st_size for file in (folder / "extents").rglob("*") if file.is_file())
