"""Hadoop's S3A: its files and folders, and the committers by which Spark and others write tables."""
import uuid
import pytest, rondo
from tools import TARGET, empty, environment, program, run


def test_jobs_commit_their_output_or_nothing(server, s3, tmp_path):
    libraries = TARGET / "hadoop"
    if not libraries.is_dir():
        pytest.skip("the client hadoop-aws isn't on this machine")
    bucket = f"hadoop-{uuid.uuid4()}"
    s3.create_bucket(Bucket=bucket)
    try:
        told = run([program("java"), "-Xmx1g", "-XX:TieredStopAtLevel=1", "-cp", f"{libraries}/*",
                    rondo.ROOT / "s3-compat-tests" / "clients" / "Hadoop.java", server.endpoint, bucket, tmp_path],
                   environment(tmp_path), seconds=240)
        assert "all is well" in told, told
        assert "Uploads" not in s3.list_multipart_uploads(Bucket=bucket), "no upload is left"
    finally:
        empty(s3, bucket)
