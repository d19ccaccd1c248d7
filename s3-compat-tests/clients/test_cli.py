"""The AWS CLI against Rondo: bytes are compared by hash."""
import hashlib, os, random, subprocess, sys, urllib.request, uuid
import pytest, rondo


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def tree(folder):
    return {str(path.relative_to(folder)): digest(path) for path in folder.rglob("*") if path.is_file()}


@pytest.fixture
def aws(server, tmp_path):
    # Version 1 of the CLI presigns with signature version 2 in us-east-1 unless it is told not to.
    settings = tmp_path / "aws-config"
    settings.write_text("[default]\ns3 =\n  signature_version = s3v4\n")
    env = dict(os.environ, AWS_ACCESS_KEY_ID=rondo.ACCESS, AWS_SECRET_ACCESS_KEY=rondo.SECRET,
               AWS_DEFAULT_REGION="us-east-1", AWS_CONFIG_FILE=str(settings), AWS_PAGER="")

    def run(*arguments, fails=False):
        done = subprocess.run([sys.executable, "-m", "awscli", "--endpoint-url", server.endpoint, *map(str, arguments)],
                              env=env, capture_output=True, text=True, timeout=120)
        assert (done.returncode != 0) == fails, done.stdout + done.stderr
        return done.stdout + done.stderr
    return run


def test_a_day_with_the_command_line(aws, tmp_path):
    bucket = f"cli-{uuid.uuid4()}"
    assert "make_bucket" in aws("s3", "mb", f"s3://{bucket}")
    large = tmp_path / "large"
    large.write_bytes(random.Random(1).randbytes(21 << 20))
    aws("s3", "cp", large, f"s3://{bucket}/dir/large")
    aws("s3", "cp", f"s3://{bucket}/dir/large", tmp_path / "back")
    assert digest(tmp_path / "back") == digest(large)

    source = tmp_path / "tree"
    for n in range(30):
        path = source / f"a{n % 3}" / f"b {n % 5}" / f"файл+{n}&é.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(random.Random(n).randbytes(n * 1500))
    aws("s3", "sync", source, f"s3://{bucket}/tree")
    aws("s3", "sync", f"s3://{bucket}/tree", tmp_path / "copy")
    assert tree(tmp_path / "copy") == tree(source)
    listing = aws("s3", "ls", "--recursive", f"s3://{bucket}")
    assert len(listing.splitlines()) == 31

    url = aws("s3", "presign", f"s3://{bucket}/dir/large").strip()
    with urllib.request.urlopen(url) as answer:
        assert hashlib.sha256(answer.read()).hexdigest() == digest(large)

    assert "BucketNotEmpty" in aws("s3", "rb", f"s3://{bucket}", fails=True)
    aws("s3", "rm", "--recursive", f"s3://{bucket}")
    assert aws("s3", "ls", "--recursive", f"s3://{bucket}") == ""
    aws("s3", "rb", f"s3://{bucket}")
    assert bucket not in aws("s3", "ls")


def test_moves_copies_and_filters(aws, tmp_path):
    bucket = f"s3://cli-{uuid.uuid4()}"
    aws("s3", "mb", bucket)
    source = tmp_path / "tree"
    for name in ("a.txt", "b.log", "deep/c.txt", "deep/d.log"):
        (source / name).parent.mkdir(parents=True, exist_ok=True)
        (source / name).write_text(name)
    (source / "large.bin").write_bytes(random.Random(7).randbytes(18 << 20))
    aws("s3", "mv", "--recursive", source, f"{bucket}/moved")
    assert not [path for path in source.rglob("*") if path.is_file()]
    aws("s3", "cp", "--recursive", f"{bucket}/moved", f"{bucket}/copy")
    aws("s3", "mv", f"{bucket}/copy/large.bin", f"{bucket}/large")
    aws("s3", "rm", "--recursive", "--exclude", "*", "--include", "*.log", f"{bucket}/copy")
    assert [line.split()[-1] for line in aws("s3", "ls", "--recursive", f"{bucket}/copy").splitlines()] \
        == ["copy/a.txt", "copy/deep/c.txt"]
    aws("s3", "sync", "--delete", f"{bucket}/copy", f"{bucket}/moved")
    assert len(aws("s3", "ls", "--recursive", f"{bucket}/moved").splitlines()) == 2
    assert aws("s3", "cp", f"{bucket}/moved/a.txt", "-") == "a.txt"
    aws("s3", "rb", "--force", bucket)


def test_users_come_and_go(aws, server, tmp_path):
    admin = f"127.0.0.1:{server.base + 1}"
    credentials = tmp_path / "credentials"
    credentials.write_text(f"access_key={rondo.ACCESS}\nsecret_key={rondo.SECRET}\n")

    def user(*arguments):
        return subprocess.run([str(rondo.ROOT / "rondo"), "user", *arguments, "--admin", admin, "--credentials",
                               str(credentials)], capture_output=True, text=True, timeout=60)
    name = f"user-{uuid.uuid4().hex[:8]}"
    added = user("add", name)
    assert added.returncode == 0, added.stderr
    assert name in user("list").stdout
    assert user("remove", name).returncode == 0
    assert name not in user("list").stdout
