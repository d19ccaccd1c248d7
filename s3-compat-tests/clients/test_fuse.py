"""s3fs: a bucket as a folder, where the machine lets programs mount."""
import os, subprocess, time, uuid
import pytest, rondo
from tools import digest, empty, environment, plant, program, run, tree


@pytest.fixture
def mounted(server, s3, tmp_path):
    command = program("s3fs")
    unmount = program("fusermount")
    if not os.access("/dev/fuse", os.R_OK | os.W_OK):
        pytest.skip("the client s3fs needs /dev/fuse, which isn't on this machine")
    bucket, folder = f"fuse-{uuid.uuid4()}", tmp_path / "mounted"
    s3.create_bucket(Bucket=bucket)
    folder.mkdir()
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen(
            [command, bucket, str(folder), "-f", "-o", f"url={server.endpoint},use_path_request_style",
             "-o", "multipart_size=5,retries=1,max_stat_cache_size=0"],
            env=environment(tmp_path), stdout=log, stderr=subprocess.STDOUT)
    end = time.monotonic() + 15
    while not os.path.ismount(folder):
        if process.poll() is not None or time.monotonic() > end:
            process.kill()
            said = (tmp_path / "log").read_text()
            empty(s3, bucket)
            if "fuse:" in said or "mount" in said.lower():
                pytest.skip(f"the client s3fs may not mount here: {said.strip().splitlines()[-1]}")
            raise AssertionError(said)
        time.sleep(0.1)
    try:
        yield folder
    finally:
        subprocess.run([unmount, "-u", str(folder)], timeout=20)
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
        empty(s3, bucket)


def test_a_bucket_is_a_folder(mounted, tmp_path):
    source = plant(tmp_path / "source", files=4, large=12 << 20)
    run(["cp", "-r", source, mounted / "copy"], environment(tmp_path))
    assert tree(mounted / "copy") == tree(source)
    os.rename(mounted / "copy" / "large.bin", mounted / "moved")
    assert digest(mounted / "moved") == digest(source / "large.bin")
    with (mounted / "moved").open("r+b") as file:
        file.seek(6 << 20)
        file.write(b"changed")
    with (mounted / "moved").open("rb") as file:
        file.seek((6 << 20) - 1)
        assert file.read(9)[1:8] == b"changed"
    (mounted / "moved").unlink()
    run(["rm", "-r", mounted / "copy"], environment(tmp_path))
    assert os.listdir(mounted) == []
