"""A pytest plugin that writes each test's outcome and markers to the file that OUTCOMES names."""
import json, os

outcomes = {}
BUILT_IN = {"parametrize", "usefixtures", "skip", "skipif", "xfail", "pytestmark"}


def pytest_collection_modifyitems(items):
    for item in items:
        item.user_properties.append(
            ("markers", sorted({mark.name for mark in item.iter_markers()} - BUILT_IN)))


def pytest_runtest_logreport(report):
    test = outcomes.setdefault(report.nodeid.split("::", 1)[1], {"outcome": "passed", "markers": []})
    test["markers"] = dict(report.user_properties).get("markers", [])
    if report.failed:
        test["outcome"] = "failed"
    elif report.skipped and test["outcome"] == "passed":
        test["outcome"] = "skipped"


def pytest_sessionfinish(session):
    if not hasattr(session.config, "workerinput"):
        with open(os.environ["OUTCOMES"], "w") as file:
            json.dump(outcomes, file)
