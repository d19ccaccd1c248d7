"""The AWS SDK for Java, version 1, whose program says what it tries; version 2 is tried by the module's own tests."""
import uuid
import pytest, rondo
from tools import ONE_NODE, TARGET, environment, program, run


@ONE_NODE
def test_the_first_java_sdk(server, tmp_path):
    libraries = TARGET / "java1"
    if not libraries.is_dir():
        pytest.skip("the client aws-java-sdk-s3 isn't on this machine")
    told = run([program("java"), "-XX:TieredStopAtLevel=1", "-Daws.java.v1.disableDeprecationAnnouncement=true", "-cp",
                f"{libraries}/*", rondo.ROOT / "s3-compat-tests" / "clients" / "SdkOne.java", server.endpoint,
                f"java-{uuid.uuid4()}", tmp_path], environment(tmp_path), seconds=240)
    assert "all is well" in told, told
