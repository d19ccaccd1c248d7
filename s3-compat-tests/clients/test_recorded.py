"""What AWS answered, as the scenes of recorded/ tell it, and what a node answers to the same requests."""
import collections, os
import pytest, recorded, rondo, scenes

SUITE = rondo.ROOT / "s3-compat-tests" / "suite"
LISTED = SUITE / "aws-differences.txt"
ALL = list(scenes.scenes())


def differing():
    """Names of scenes in which profile aws differs from AWS still, with the reason."""
    lines = [line for line in LISTED.read_text().splitlines() if line and not line.startswith("#")]
    return dict(line.split(" | ", 1) for line in lines)


@pytest.fixture(scope="module", params=["aws", "compat"])
def node(request, tmp_path_factory):
    """(profile, endpoint): a node of its own, or the one that RONDO_RECORDED_ENDPOINT names, which is of profile aws."""
    running = os.environ.get("RONDO_RECORDED_ENDPOINT")
    if running:
        if request.param != "aws":
            pytest.skip("the running node is of profile aws")
        yield request.param, running
        return
    started = rondo.Node(tmp_path_factory.mktemp("recorded"), rondo.free_base_port(), [
        "--profile", request.param, "--website-domain", "website.localhost", "--master-keys", str(SUITE / "master-keys")])
    try:
        yield request.param, started.wait_until_ready().endpoint
    finally:
        assert started.stop() in (0, 143)


@pytest.mark.parametrize("name, scene, case", [pytest.param(*one, id=one[0]) for one in ALL])
def test_scene(node, name, scene, case):
    profile, endpoint = node
    if profile not in scene.profiles:
        pytest.skip(f"recorded for {', '.join(scene.profiles)}")
    told = recorded.Replay(endpoint, rondo.ACCESS, rondo.SECRET, scene, case).run()
    if profile == "aws" and name in differing():
        assert told, f"answers as AWS does now: take it off {LISTED.name}"
    else:
        assert not told, "\n".join(told)


def test_every_name_stands_once():
    assert [name for name, times in collections.Counter(one[0] for one in ALL).items() if times > 1] == []


def test_listed_scenes_are_there():
    assert set(differing()) <= {one[0] for one in ALL}
