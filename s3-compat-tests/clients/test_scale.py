"""Nodes that a program starts by number: fewer of them, and more again, as on Kubernetes."""
import json, subprocess
import pytest
from conftest import connect
import rondo

FIRST, MORE = 3, 4


class Pod(rondo.Node):
    """A node whose name is its number's, and that is always started by the same command."""

    def __init__(self, n, folder, base):
        self.n = n
        super().__init__(
            folder / f"pod-{n}", base + 3 * n,
            ["--node", f"pod-{n}", "--expect", str(FIRST), "--token-file", str(folder / "token"), "--rejoin",
             "--join", ",".join(f"127.0.0.1:{base + 3 * other + 2}" for other in range(FIRST)), "--stop-wait", "1s"],
            {"JDK_JAVA_OPTIONS": "-Xmx512m"})


def scale(node, count):
    command = [str(rondo.ROOT / "rondo"), "node", "scale", "pod", str(count), "--limit", "5m"]
    return subprocess.run([*command, "--admin", f"127.0.0.1:{node.base + 1}"], env=rondo.environment(),
                          capture_output=True, text=True, timeout=400)


def members(node):
    shown = subprocess.run([str(rondo.ROOT / "rondo"), "status", "--json", "--admin", f"127.0.0.1:{node.base + 1}"],
                           env=rondo.environment(), capture_output=True, text=True, timeout=120, check=True)
    return [member["name"] for member in json.loads(shown.stdout)["nodes"]]


@pytest.fixture
def pods(tmp_path):
    subprocess.run([str(rondo.ROOT / "rondo"), "token", "new", str(tmp_path / "token")], check=True)
    base = rondo.free_base_port(29000)
    started = [Pod(n, tmp_path, base) for n in range(FIRST)]
    try:
        for pod in started:
            pod.wait_until_ready()
        started.append(Pod(FIRST, tmp_path, base).wait_until_ready())
        yield started
    finally:
        for pod in started:
            pod.kill()


def test_numbered_nodes_leave_before_they_are_ended_and_come_back_on_their_disks(pods, tmp_path):
    first, last = pods[0], pods[-1]
    client = connect(first.endpoint)
    client.create_bucket(Bucket="scale")
    kept = {f"k{n}": f"{n}".encode() * 30_000 for n in range(20)}
    for key, body in kept.items():
        client.put_object(Bucket="scale", Key=key, Body=body)
    assert members(first) == ["pod-0", "pod-1", "pod-2", "pod-3"]
    told = scale(first, FIRST)
    assert told.returncode == 0 and "nothing is left on pod-3: they may be ended" in told.stdout, told.stdout + told.stderr
    assert members(first) == ["pod-0", "pod-1", "pod-2"]
    last.stop()
    assert all(client.get_object(Bucket="scale", Key=key)["Body"].read() == body for key, body in kept.items())
    told = scale(first, FIRST - 1)
    assert told.returncode != 0 and "2 nodes for 3 copies" in told.stderr, told.stdout + told.stderr
    told = scale(first, MORE)
    assert told.returncode == 0 and "no member has to leave for 4 nodes" in told.stdout, told.stdout + told.stderr

    pods[-1] = Pod(FIRST, tmp_path, first.base).wait_until_ready()
    assert members(first) == ["pod-0", "pod-1", "pod-2", "pod-3"]
    again = connect(pods[-1].endpoint)
    assert all(again.get_object(Bucket="scale", Key=key)["Body"].read() == body for key, body in kept.items())
