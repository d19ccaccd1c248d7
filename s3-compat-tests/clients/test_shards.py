"""A bucket grows and shrinks under its clients while its shards split and merge: no request fails."""
import os, random, subprocess, threading, time, urllib.request
from concurrent.futures import ThreadPoolExecutor
from conftest import connect
import rondo

KEYS = int(os.environ.get("RONDO_TEST_KEYS", 1500))
ROWS = int(os.environ.get("RONDO_TEST_SHARD_ROWS", KEYS // 6))
LEFT = max(20, KEYS // 100)


def shards(cluster):
    """The bucket's shards, a line each; asks again while the node is too busy to answer."""
    command = [str(rondo.ROOT / "rondo"), "bucket", "shards", "wide", "--admin", f"127.0.0.1:{cluster.base + 1}"]
    answers = []

    def answered():
        answers.append(subprocess.run(command, env=rondo.environment(), capture_output=True, text=True))
        return answers[-1].returncode == 0

    until(answered, 240)
    return answers[-1].stdout.splitlines()


def metrics(cluster, name):
    with urllib.request.urlopen(f"http://127.0.0.1:{cluster.base + 1}/metrics") as answer:
        return [float(line.split()[1]) for line in answer.read().decode().splitlines() if line.startswith(name + " ")]


def until(condition, seconds):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "not in time"
        time.sleep(1)


def test_shards_split_and_merge_under_load_and_no_request_fails(tmp_path):
    cluster = rondo.Cluster(tmp_path, rondo.free_base_port(), env={"RONDO_SHARD_ROWS": str(ROWS)}).wait_until_ready()
    try:
        clients = [connect(endpoint, attempts=0) for endpoint in cluster.endpoints]
        clients[0].create_bucket(Bucket="wide")
        names = [f"{random.Random(n).randrange(16 ** 6):06x}/{n}" for n in range(KEYS)]
        there, lock, failures, stop = set(), threading.Lock(), [], threading.Event()

        def attempt(call):
            try:
                return call()
            except Exception as failure:
                failures.append(failure)

        def put(n):
            client = clients[n % len(clients)]
            if attempt(lambda: client.put_object(Bucket="wide", Key=names[n], Body=b"%d" % n)) is not None:
                with lock:
                    there.add(names[n])

        def drop(n):
            with lock:
                there.discard(names[n])
            attempt(lambda: clients[n % len(clients)].delete_object(Bucket="wide", Key=names[n]))

        def listed(client):
            pages = client.get_paginator("list_objects_v2").paginate(Bucket="wide")
            return [entry["Key"] for page in pages for entry in page.get("Contents", [])]

        def look():
            while not stop.is_set():
                with lock:
                    before = set(there)
                found = attempt(lambda: listed(random.choice(clients)))
                if found is not None:
                    assert found == sorted(found) and len(set(found)) == len(found)
                    if growing:
                        assert before <= set(found), before - set(found)
                for name in random.sample(sorted(before), min(20, len(before))) if growing else ():
                    attempt(lambda: random.choice(clients).head_object(Bucket="wide", Key=name))

        growing = True
        with ThreadPoolExecutor(12) as threads:
            looking = threads.submit(look)
            list(threads.map(put, range(KEYS)))
            until(lambda: len(shards(cluster)) > 2, 240)
            most = len(shards(cluster))
            growing = False
            time.sleep(1)
            list(threads.map(drop, range(LEFT, KEYS)))
            until(lambda: len(shards(cluster)) < most, 240)
            stop.set()
            looking.result()
        assert sorted(names[:LEFT]) == listed(clients[0])
        assert failures == []
        print(f"{KEYS} keys, at most {most} shards; longest close "
              f"{metrics(cluster, 'rondo_shard_longest_close_seconds')} s at the first node")
    finally:
        cluster.stop()
