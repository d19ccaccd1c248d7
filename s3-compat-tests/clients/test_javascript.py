"""The AWS SDK for JavaScript, version 3, and the tus server, which keeps uploads by it; the scripts say what they try."""
import pathlib, shutil, uuid
import pytest
from tools import ONE_NODE, TARGET, empty, environment, program, run


def script(name, package):
    if not (TARGET / "javascript" / "node_modules" / package).is_dir():
        pytest.skip(f"the client {package} isn't on this machine")
    return shutil.copy(pathlib.Path(__file__).with_name(name), TARGET / "javascript")


def test_the_javascript_sdk(server, tmp_path):
    node, sdk = program("node"), script("javascript.mjs", "@aws-sdk/client-s3")
    assert "all is well" in run([node, sdk, server.endpoint], environment(tmp_path))


@ONE_NODE
def test_uploads_go_on_by_tus(server, s3, tmp_path):
    node, tus = program("node"), script("tus.mjs", "@tus/s3-store")
    bucket = f"tus-{uuid.uuid4()}"
    s3.create_bucket(Bucket=bucket)
    try:
        assert "all is well" in run([node, tus, server.endpoint, bucket], environment(tmp_path), seconds=240)
    finally:
        empty(s3, bucket)
