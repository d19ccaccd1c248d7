"""Lifecycle rules are carried out by real nodes, also for one that died; a preview does nothing."""
import os, signal, subprocess, time
from conftest import connect
import rondo


def rule(prefix, **actions):
    return {"ID": f"of {prefix}", "Filter": {"Prefix": prefix}, "Status": "Enabled", **actions}


def put_rules(client, bucket, *rules):
    client.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration={"Rules": list(rules)})


def keys(client, bucket):
    return [entry["Key"] for entry in client.list_objects_v2(Bucket=bucket).get("Contents", [])]


def until(condition, seconds=60):
    end = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < end, "not in time"
        time.sleep(0.2)


def test_the_nodes_that_are_left_carry_out_all_rules(tmp_path):
    cluster = rondo.Cluster(tmp_path, rondo.free_base_port(), env={"RONDO_LIFECYCLE_DAY": "2s"}).wait_until_ready()
    try:
        client = connect(cluster.endpoint)
        buckets = [f"rules-{n}" for n in range(8)]
        for bucket in buckets:
            client.create_bucket(Bucket=bucket)
            put_rules(client, bucket, rule("old/", Expiration={"Days": 1}),
                      rule("up/", AbortIncompleteMultipartUpload={"DaysAfterInitiation": 1}))
        os.kill(cluster.node_pids()[2], signal.SIGKILL)
        for bucket in buckets:
            for key in ("old/1", "old/2", "kept/1"):
                client.put_object(Bucket=bucket, Key=key, Body=b"x")
            client.create_multipart_upload(Bucket=bucket, Key="up/1")
        until(lambda: all(keys(client, bucket) == ["kept/1"] for bucket in buckets))
        until(lambda: not any("Uploads" in client.list_multipart_uploads(Bucket=bucket) for bucket in buckets))
    finally:
        cluster.stop()


def test_a_preview_tells_what_would_go_and_touches_nothing(tmp_path):
    node = rondo.Node(tmp_path, rondo.free_base_port()).wait_until_ready()
    try:
        client = connect(node.endpoint)
        client.create_bucket(Bucket="shown")
        for key in ("old/1", "kept/1"):
            client.put_object(Bucket="shown", Key=key, Body=b"x")
        put_rules(client, "shown", rule("old/", Expiration={"Date": "2020-01-01T00:00:00Z"}))
        shown = subprocess.run(
            [str(rondo.ROOT / "rondo"), "lifecycle", "--dry-run", "shown", "--admin", f"127.0.0.1:{node.base + 1}"],
            env=rondo.environment(), capture_output=True, text=True, check=True).stdout
        assert [line.split() for line in shown.splitlines()] == [
            ["expire", "of", "old/", "old/1"], "1 rules, 1 looked at, expire: 1".split()]
        assert keys(client, "shown") == ["kept/1", "old/1"]
        assert 'rule-id="of%20old%2F"' in client.head_object(Bucket="shown", Key="old/1")["Expiration"]
    finally:
        node.stop()
