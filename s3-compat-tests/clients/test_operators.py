"""What an operator types, and what is answered."""
import subprocess, uuid
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
