"""Git LFS, its server giftless keeping the files in S3: git's clients are sent to presigned addresses."""
import random, subprocess, time, uuid
import pytest, requests, rondo
from tools import TARGET, empty, environment, program, run

SETTINGS = """
AUTH_PROVIDERS: [giftless.auth.allow_anon:read_write]
TRANSFER_ADAPTERS:
  basic:
    factory: giftless.transfer.basic_external:factory
    options:
      storage_class: giftless.storage.amazon_s3:AmazonS3Storage
      storage_options: {{bucket_name: {bucket}, endpoint: "{endpoint}", path_prefix: lfs}}
"""


@pytest.fixture
def lfs(server, s3, tmp_path):
    """The address of a server of LFS."""
    serve = TARGET / "giftless" / "bin" / "waitress-serve"
    program("git-lfs")
    if not serve.exists():
        pytest.skip("giftless, a server for the client git-lfs, isn't on this machine")
    bucket, port = f"lfs-{uuid.uuid4()}", rondo.free_base_port(27000)
    s3.create_bucket(Bucket=bucket)
    (tmp_path / "giftless.yaml").write_text(SETTINGS.format(bucket=bucket, endpoint=server.endpoint))
    (tmp_path / "aws").write_text("[default]\ns3 =\n  signature_version = s3v4\n")
    env = environment(tmp_path, GIFTLESS_CONFIG_FILE=str(tmp_path / "giftless.yaml"),
                      AWS_CONFIG_FILE=str(tmp_path / "aws"))
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen([serve, f"--listen=127.0.0.1:{port}", "giftless.wsgi_entrypoint:app"], env=env,
                                   stdout=log, stderr=subprocess.STDOUT)
    url = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + 30
        while True:
            try:
                requests.get(url, timeout=5)
                break
            except requests.ConnectionError:
                assert process.poll() is None and time.monotonic() < end, (tmp_path / "log").read_text()
                time.sleep(0.1)
        yield f"{url}/team/project", bucket
    finally:
        process.terminate()
        process.wait(20)
        empty(s3, bucket)


def test_large_files_of_a_repository_live_in_a_bucket(lfs, s3, tmp_path):
    url, bucket = lfs
    env = environment(tmp_path, GIT_CONFIG_NOSYSTEM="1", GIT_TERMINAL_PROMPT="0", GIT_AUTHOR_NAME="a",
                      GIT_AUTHOR_EMAIL="a@rondo.test", GIT_COMMITTER_NAME="a", GIT_COMMITTER_EMAIL="a@rondo.test")

    def git(*words, where="work"):
        return run(["git", "-C", tmp_path / where, *words], env)

    run(["git", "lfs", "install"], env)
    run(["git", "config", "--global", "lfs.url", url], env)
    run(["git", "config", "--global", "lfs.locksverify", "false"], env)
    run(["git", "init", "-q", "--bare", tmp_path / "origin"], env)
    run(["git", "init", "-q", "-b", "main", tmp_path / "work"], env)
    git("lfs", "track", "*.bin")
    files = {f"{n}.bin": random.Random(n).randbytes(size) for n, size in enumerate((1, 70_000, 9 << 20))}
    for name, data in files.items():
        (tmp_path / "work" / name).write_bytes(data)
    git("add", ".")
    git("commit", "-q", "-m", "files")
    git("push", "-q", tmp_path / "origin", "main")
    assert len(s3.list_objects_v2(Bucket=bucket)["Contents"]) == 3
    run(["git", "clone", "-q", "-b", "main", tmp_path / "origin", tmp_path / "copy"], env)
    for name, data in files.items():
        assert (tmp_path / "copy" / name).read_bytes() == data, name
    git("lfs", "fsck", where="copy")
