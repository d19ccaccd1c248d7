"""Nodes whose clocks are wrong, at their start or while they serve."""
import http.client, struct
import pytest
from botocore.exceptions import ClientError
from conftest import connect
from members import HAS_CLOCKS, clock_library
import rondo

YEAR = 365 * 86400


def ready(node):
    try:
        connection = http.client.HTTPConnection("127.0.0.1", node.base + 1, timeout=5)
        connection.request("GET", "/health/ready")
        answer = connection.getresponse()
        return answer.status, answer.read().decode()
    except (OSError, http.client.HTTPException):
        return 0, ""


def set_clock(file, seconds):
    with file.open("r+b" if file.exists() else "wb") as out:
        out.write(struct.pack("=q", seconds))


@pytest.mark.skipif(not HAS_CLOCKS, reason="no C compiler")
def test_a_node_with_a_wrong_clock_writes_nothing(tmp_path):
    base, clock = rondo.free_base_port(), tmp_path / "clock"
    set_clock(clock, 0)
    nodes = [rondo.Node(tmp_path / "one", base).wait_until_ready()]
    join = ["--join", f"127.0.0.1:{base + 2}", "--token-file", str(tmp_path / "one" / "data" / "join-token")]
    moved = {"LD_PRELOAD": str(clock_library()), "CLOCK_SECONDS": str(clock)}
    try:
        nodes.append(rondo.Node(tmp_path / "two", base + 10, join).wait_until_ready())
        nodes.append(rondo.Node(tmp_path / "three", base + 20, join, env=moved).wait_until_ready())
        good, moving = connect(nodes[0].endpoint), connect(nodes[2].endpoint)
        good.create_bucket(Bucket="clocks")
        for seconds in (600, -600):
            set_clock(clock, seconds)
            with pytest.raises(ClientError) as refused:
                moving.put_object(Bucket="clocks", Key="k", Body=b"by the wrong clock")
            assert "clock" in refused.value.response["Error"]["Message"]
            nodes[2].wait_for(lambda: "set it right" in ready(nodes[2])[1], "told of its clock")
            assert ready(nodes[2])[0] == 503
            good.put_object(Bucket="clocks", Key="k", Body=b"by a good clock")
            assert ready(nodes[0])[0] == 200 and ready(nodes[1])[0] == 200
        set_clock(clock, 0)
        nodes[2].wait_until_ready()
        moving.put_object(Bucket="clocks", Key="k", Body=b"right again")

        nodes[2].stop()
        set_clock(clock, 3 * YEAR)
        nodes[2] = rondo.Node(tmp_path / "three", base + 20, env=moved)
        nodes[2].wait_for(lambda: "set it right" in ready(nodes[2])[1], "told of its clock")
        good.put_object(Bucket="clocks", Key="k", Body=b"last")
        set_clock(clock, 0)
        nodes[2].wait_until_ready()
        assert moving.get_object(Bucket="clocks", Key="k")["Body"].read() == b"last"
        moving.put_object(Bucket="clocks", Key="k", Body=b"after all")
        assert good.get_object(Bucket="clocks", Key="k")["Body"].read() == b"after all"
    finally:
        for node in nodes:
            node.kill()
