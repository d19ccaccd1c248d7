"""What an operator types, and what is answered."""
import os, re, signal, subprocess, uuid
import pytest
from botocore.exceptions import ClientError
from conftest import connect
from test_access import Account
import rondo


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    node = rondo.Node(tmp_path_factory.mktemp("operators"), rondo.free_base_port(28000)).wait_until_ready()
    yield node
    node.kill()


def run(node, *words):
    return subprocess.run([str(rondo.ROOT / "rondo"), *words, "--admin", f"127.0.0.1:{node.base + 1}"],
                          env=rondo.environment(), capture_output=True, text=True, timeout=120)


def answer(call, **arguments):
    try:
        call(**arguments)
        return "ok"
    except ClientError as error:
        return error.response["Error"]["Code"]


def test_a_grant_is_a_policy_that_people_mean(node):
    name = f"granted-{uuid.uuid4()}"
    root = connect(node.endpoint)
    root.create_bucket(Bucket=name)
    root.put_object(Bucket=name, Key="k", Body=b"x")
    bob = Account(node, "bob").s3
    can = lambda: (answer(bob.get_object, Bucket=name, Key="k"), answer(bob.put_object, Bucket=name, Key="n", Body=b"y"),
                   answer(bob.get_bucket_versioning, Bucket=name))
    assert can() == ("AccessDenied",) * 3
    for level, expected in (("read", ("ok", "AccessDenied", "AccessDenied")), ("write", ("ok", "ok", "AccessDenied")),
                            ("admin", ("ok",) * 3), ("none", ("AccessDenied",) * 3)):
        told = run(node, "bucket", "grant", name, "bob", level)
        assert told.returncode == 0, told.stderr
        assert can() == expected, level
    assert "no user 'eve'" in run(node, "bucket", "grant", name, "eve", "read").stderr


def test_the_only_node_isn_t_stopped_when_that_isn_t_safe(node):
    told = run(node, "stop", "--when-safe")
    assert (told.returncode, told.stderr[:19]) == (1, "rondo: not stopped:")
    assert node.process.poll() is None


def test_orders_take_one_line_and_the_beginning_of_an_id(node):
    shown = run(node, "ring").stdout
    full = next(line.split()[0] for line in shown.splitlines() if f"127.0.0.1:{node.base + 2}" in line)
    assert f"zone {full} attic" in run(node, "layout", "stage", f"zone {full[:6]} attic").stdout
    assert "no longer staged" in run(node, "layout", "revert").stdout
    assert "nothing was staged" in run(node, "layout", "revert").stdout
    assert "another terminal" in run(node, "layout", "apply").stderr
    assert "there is no node 'zzz'" in run(node, "node", "drain", "zzz").stderr


def test_of_orders_that_contradict_each_other_the_later_one_counts(node):
    name = next(line.split()[0] for line in run(node, "ring").stdout.splitlines() if f":{node.base + 2}" in line)
    run(node, "layout", "stage", f"zone {name} attic")
    told = run(node, "layout", "stage", f"zone {name} cellar").stdout
    assert f"no longer staged:\n  zone {name} attic\nstaged:\n  zone {name} cellar\n" in told
    assert told == "no longer staged:\n  zone " + told.split("  zone ", 1)[1]
    again = run(node, "layout", "stage", f"zone {name} cellar").stdout
    assert again.startswith("staged:") and again.count("cellar") == 2
    done = run(node, "layout", "apply")
    assert done.stdout.startswith(f"the layout has these orders now:\n  zone {name} cellar\n"), done.stderr
    assert "another terminal" in run(node, "layout", "apply").stderr


def test_certificates_that_can_t_be_read_are_one_line(tmp_path):
    (tmp_path / "no.pem").write_text("no certificate")
    base = rondo.free_base_port(28000)
    for chain, said in (("no.pem", "no.pem"), ("missing.pem", "missing.pem")):
        node = rondo.Node(tmp_path / f"of-{chain}", base, ["--tls-cert", str(tmp_path / chain), "--tls-key", str(tmp_path / "no.pem")])
        assert node.process.wait(60) in (1, 2)
        lines = [line for line in node.log.read_text().splitlines() if "INFO" not in line]
        assert len(lines) == 1 and lines[0].startswith("rondo: ") and said in lines[0], lines


def test_a_node_says_that_it_serves_once_it_is_a_member(tmp_path):
    """And names an address that clients can use; `rondo dev` says when a node ends, and how to start it again."""
    cluster = rondo.Cluster(tmp_path, rondo.free_base_port(28000), nodes=2).wait_until_ready()
    try:
        assert "To try it:\n  export " in cluster.log.read_text()
        log = (tmp_path / "dev" / "node2.log").read_text()
        assert log.index("S3 at http://") > log.rindex("not serving yet")
        victim = cluster.node_pids()[1]
        os.kill(victim, signal.SIGKILL)
        cluster.wait_for(lambda: "node 2 ended with status 137" in cluster.log.read_text(), "told of the end", 30)
        command = re.compile("To start it again:\n *(rondo .*)\n")
        cluster.wait_for(lambda: command.search(cluster.log.read_text()), "told how it is started again", 30)
        again = command.search(cluster.log.read_text())[1].split()
        assert again[:2] == ["rondo", "server"] and again[again.index("--node") + 1] == "node2"
        again[0] = str(rondo.ROOT / "rondo")
        node = rondo.Process(again, tmp_path / "again", rondo.environment())
        node.wait_for(lambda: rondo.ready(cluster.base + 11), "ready again")
        node.stop()
    finally:
        cluster.stop()
