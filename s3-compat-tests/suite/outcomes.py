"""A pytest plugin that writes each test's outcome and markers to the file that OUTCOMES names. Kills
the process KILL_AT_HALF, if it is set, when half of the tests have run."""
import json, os, signal

outcomes = {}
half = 0
BUILT_IN = {"parametrize", "usefixtures", "skip", "skipif", "xfail", "pytestmark"}


def pytest_collection_modifyitems(items):
    for item in items:
        item.user_properties.append(
            ("markers", sorted({mark.name for mark in item.iter_markers()} - BUILT_IN)))


def pytest_collection_finish(session):
    global half
    half = len(session.items) // 2


def pytest_xdist_node_collection_finished(node, ids):
    global half
    half = len(ids) // 2


def kill_at_half():
    victim = os.environ.get("KILL_AT_HALF")
    if victim and len(outcomes) == half and "PYTEST_XDIST_WORKER" not in os.environ:
        os.environ["KILL_AT_HALF"] = ""
        os.kill(int(victim), signal.SIGKILL)
        print(f"killed process {victim}", flush=True)


def pytest_runtest_logreport(report):
    test = outcomes.setdefault(report.nodeid.split("::", 1)[1], {"outcome": "passed", "markers": []})
    test["markers"] = dict(report.user_properties).get("markers", [])
    if report.failed:
        test["outcome"] = "failed"
    elif report.skipped and test["outcome"] == "passed":
        test["outcome"] = "skipped"
    kill_at_half()


def pytest_sessionfinish(session):
    if not hasattr(session.config, "workerinput"):
        with open(os.environ["OUTCOMES"], "w") as file:
            json.dump(outcomes, file)
