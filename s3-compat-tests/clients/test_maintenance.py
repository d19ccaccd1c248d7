"""Three nodes, and what an operator does to them while they serve."""
import json, shutil, subprocess
import pytest
import rondo
from test_space import health, until

NAMES = ["one", "two", "three"]


class Member(rondo.Node):
    """A node with a name, which is started again by the command of before."""

    def __init__(self, n, folder, base):
        self.n, self.first, self.at = n, base, folder
        super().__init__(
            folder / NAMES[n], base + 3 * n,
            ["--node", NAMES[n], "--zone", NAMES[n], "--expect", "3", "--token-file", str(folder / "token"),
             "--join", ",".join(f"127.0.0.1:{base + 3 * other + 2}" for other in range(3)), "--stop-wait", "1s"],
            {"JDK_JAVA_OPTIONS": "-Xmx512m"})

    def again(self):
        self.process.wait(60)
        return Member(self.n, self.at, self.first).wait_until_ready()


@pytest.fixture(scope="module")
def nodes(tmp_path_factory):
    folder = tmp_path_factory.mktemp("maintenance")
    subprocess.run([str(rondo.ROOT / "rondo"), "token", "new", str(folder / "token")], check=True)
    base = rondo.free_base_port(27000)
    nodes = {name: Member(n, folder, base) for n, name in enumerate(NAMES)}
    try:
        for node in nodes.values():
            node.wait_until_ready()
        yield nodes
    finally:
        for node in nodes.values():
            node.kill()


def command(node, *words):
    return [str(rondo.ROOT / "rondo"), *words, "--admin", f"127.0.0.1:{node.base + 1}"]


def run(node, *words):
    return subprocess.run(command(node, *words), env=rondo.environment(), capture_output=True, text=True, timeout=120)


def done(node, *words):
    told = run(node, *words)
    assert told.returncode == 0, told.stderr
    return told.stdout


def refused(node, *words):
    told = run(node, *words)
    assert told.returncode != 0, told.stdout
    return told.stderr


def reasons(node):
    view = json.loads(health(node))
    return {reason["name"]: reason["sentence"] for question in view.values() if isinstance(question, dict)
            for reason in question["reasons"]}


def green(nodes):
    until(lambda: all(not reasons(node) for node in nodes.values()), 120)


def test_a_node_in_maintenance_is_missed_by_nobody_and_alone(nodes):
    one, two, three = nodes.values()
    green(nodes)
    told = done(one, "node", "maintenance", "two", "30m")
    assert "'two' is in maintenance until 2" in told and "nothing moves" in told
    until(lambda: all("'two' is in maintenance until" in reasons(node).get("maintenance", "") for node in nodes.values()))
    assert "already; --end ends it" in refused(three, "node", "maintenance", "two", "1h")
    numbers = refused(three, "node", "maintenance", "thr", "10m")
    assert "4096 of 4096 partitions" in numbers and "since 'two' is in maintenance until" in numbers
    assert "not stopped" in refused(one, "stop", "--when-safe")
    assert "there is no node 'four'" in refused(one, "node", "maintenance", "four", "10m")
    assert "say how long" in refused(one, "node", "maintenance", "two")
    assert "stops" in done(two, "stop", "--when-safe")
    two.process.wait(60)
    until(lambda: "chunks-unreachable" in reasons(one) or "rows-unreachable" in reasons(one))
    assert "nodes-down" not in reasons(one) and "maintenance" in reasons(one)
    nodes["two"] = two.again()
    green(nodes)
    assert "in no maintenance" in refused(one, "node", "maintenance", "two", "--end")
    done(one, "node", "maintenance", "two", "1h")
    assert "is over" in done(three, "node", "maintenance", "two", "--end")
    done(one, "node", "maintenance", "two", "2s")
    green(nodes)


def test_of_two_nodes_that_are_stopped_at_once_one_goes_on(nodes):
    green(nodes)
    orders = {name: subprocess.Popen(command(nodes[name], "stop", "--when-safe"), env=rondo.environment(),
                                     stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) for name in ("one", "three")}
    told = {name: order.communicate(timeout=120) for name, order in orders.items()}
    stopped = [name for name, order in orders.items() if order.returncode == 0]
    assert len(stopped) == 1, told
    other = "one" if stopped == ["three"] else "three"
    assert "4096 of 4096 partitions" in told[other][1] and f"'{stopped[0]}' was stopped" in told[other][1]
    assert "not stopped" in refused(nodes["two"], "stop", "--when-safe")
    nodes[stopped[0]] = nodes[stopped[0]].again()
    until(lambda: run(nodes[other], "stop", "--when-safe").returncode == 0)
    nodes[other] = nodes[other].again()


def test_rates_are_set_while_nodes_run_and_outlive_them(nodes):
    told = done(nodes["one"], "limits", "--copy", "50MiB/s", "--repair", "20MiB")
    assert "50 MiB/s" in told and "20 MiB/s" in told
    until(lambda: json.loads(done(nodes["three"], "status", "--json"))["rates"]["copy"] == 50 << 20)
    assert "below 1MiB/s" in refused(nodes["one"], "limits", "--copy", "10")
    assert "not a size" in refused(nodes["one"], "limits", "--repair", "fast")
    assert "by default" in done(nodes["two"], "limits", "--copy", "default", "--repair", "default")


def test_a_removed_node_is_gone_at_once_and_comes_back_when_it_may(nodes):
    one, three = nodes["one"], nodes["three"]
    told = done(one, "node", "remove", "three", "--copies", "2", "--ban")
    assert "may be switched off. Its name is kept out" in told
    assert "three" not in done(one, "ring") and [it["name"] for it in json.loads(done(one, "status", "--json"))["nodes"]] == ["one", "two"]
    until(lambda: "may be stopped" in health(three, "/ready"))
    three.stop()
    shutil.rmtree(three.folder / "data")
    three = nodes["three"] = Member(2, three.at, three.first)
    three.wait_for(lambda: "the name 'three' is banned" in three.log.read_text(), "told that it is banned")
    assert "is taken in again" in done(one, "node", "unban", "three")
    assert "not banned" in refused(one, "node", "unban", "three")
    three.wait_until_ready()
    assert "three" in done(one, "ring")
