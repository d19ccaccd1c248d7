"""The admin API as its own document describes it: Schemathesis calls every operation with values that the document
allows and others that it doesn't, and holds each answer against it."""
import os, pathlib, subprocess, sys

import pytest
import requests

import rondo
from admin_signer import Signed

CLIENTS = pathlib.Path(__file__).resolve().parent
SEED = "20261201"

# Orders that stop this node, give it up, or send nodes away.
EXCLUDED = r"^/v1/(stop|losses|layout/(now|apply)|disks/.+|nodes/.+|bans/.+|tokens/rotate|trace)$"

# A value that is described may still be refused with 400: 'drain nobody' is an order in form.
UNCHECKED = "positive_data_acceptance,ignored_auth"


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    pytest.importorskip("schemathesis")
    started = rondo.Node(tmp_path_factory.mktemp("admin-api"), rondo.free_base_port(), ["--durability", "none"])
    yield started.wait_until_ready()
    started.stop()


def test_answers_are_as_described(node):
    port = node.base + 1
    env = {**os.environ, "ADMIN_ACCESS_KEY": rondo.ACCESS, "ADMIN_SECRET_KEY": rondo.SECRET,
           "PYTHONPATH": str(CLIENTS), "SCHEMATHESIS_HOOKS": "admin_signer"}
    run = subprocess.run(
        [pathlib.Path(sys.executable).parent / "schemathesis", "run", f"http://127.0.0.1:{port}/v1/openapi.json",
         "--seed", SEED, "--generation-deterministic", "--max-examples", "2", "--phases", "coverage,fuzzing",
         "--exclude-checks", UNCHECKED, "--exclude-path-regex", EXCLUDED, "--continue-on-failure", "--no-color"],
        env=env, cwd=node.folder, capture_output=True, text=True, timeout=550)
    assert run.returncode == 0, run.stdout[-8000:] + run.stderr
    assert "Tested" in run.stdout


def test_the_document_is_for_everyone_and_nothing_else_is(node):
    url = f"http://127.0.0.1:{node.base + 1}"
    document = requests.get(url + "/v1/openapi.json", timeout=30).json()
    assert document["openapi"].startswith("3.1")
    assert requests.get(url + "/v1/status", timeout=30).status_code == 401
    signed = requests.get(url + "/v1/status", auth=Signed(rondo.ACCESS, rondo.SECRET), timeout=30)
    assert signed.status_code == 200 and signed.json()["nodes"]
