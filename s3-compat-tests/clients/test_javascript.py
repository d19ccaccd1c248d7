"""The AWS SDK for JavaScript, version 3, whose script says what it tries."""
import pathlib, shutil
import pytest
from tools import TARGET, environment, program, run


def test_the_javascript_sdk(server, tmp_path):
    node = program("node")
    if not (TARGET / "javascript" / "node_modules" / "@aws-sdk" / "client-s3").is_dir():
        pytest.skip("the client @aws-sdk/client-s3 isn't on this machine")
    script = TARGET / "javascript" / "sdk.mjs"
    shutil.copyfile(pathlib.Path(__file__).with_name("javascript.mjs"), script)
    assert "all is well" in run([node, script, server.endpoint], environment(tmp_path))
