"""Join tokens as an operator makes, shows, ends and replaces them: operate.md, "Lost bootstrap secret" and "Grow"."""
import re
from test_operators import run
import rondo


def joining(first, folder, base, token, name):
    file = folder / f"{name}-token"
    file.write_text(token)
    return rondo.Node(folder / name, base, ["--node", name, "--join", f"127.0.0.1:{first.base + 2}", "--token-file", str(file)])


def test_tokens_are_made_counted_shown_and_replaced(tmp_path):
    base = rondo.free_base_port(28400)
    nodes = [rondo.Node(tmp_path / "one", base, ["--node", "one"]).wait_until_ready()]
    try:
        made = run(nodes[0], "token", "create", "--uses", "1", "--ttl", "1h")
        assert made.returncode == 0, made.stderr
        assert re.fullmatch(r"join token [0-9a-f]{8}: it takes 1 node\(s\) in within 1h\n", made.stderr)
        counted = made.stderr.split()[2][:8]
        assert re.search(rf"{counted}  1  +20..-", run(nodes[0], "token", "list").stdout)
        nodes.append(joining(nodes[0], tmp_path, base + 10, made.stdout, "two").wait_until_ready())
        assert re.search(rf"{counted}  0  +20..-.*over", run(nodes[0], "token", "list").stdout)

        # Of the lasting token, and of one by which nobody came.
        rotated = run(nodes[0], "token", "rotate")
        assert "the one before takes no node in any more" in rotated.stderr
        spare = run(nodes[1], "token", "create").stderr.split()[2][:8]
        assert f"{spare} takes no node in any more" in run(nodes[0], "token", "revoke", spare).stdout
        assert "there is no token 'ffffffff'" in run(nodes[0], "token", "revoke", "ffffffff").stderr
        assert len(re.findall("over$", run(nodes[1], "token", "list").stdout, re.M)) == 3

        nodes.append(joining(nodes[0], tmp_path, base + 20, made.stdout, "three"))
        used = f"the join token {counted} is used up: make another by 'rondo token create'"
        nodes[2].wait_for(lambda: used in nodes[2].log.read_text(), "told that its token is used up")
        assert used in nodes[0].log.read_text()
    finally:
        for node in nodes:
            node.kill()
