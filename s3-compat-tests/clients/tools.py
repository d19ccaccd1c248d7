"""Other programs' clients: found on this machine or left out, and run with their time bounded."""
import hashlib, os, pathlib, random, shutil, subprocess, sys
import pytest, rondo

TARGET = rondo.ROOT / "s3-compat-tests" / "target"

# Marks tests that one node suffices for: how many there are makes no difference to the client.
ONE_NODE = pytest.mark.parametrize("server", ["one node"], indirect=True)


def program(name):
    """Where a client is; a test without its client is skipped."""
    places = os.pathsep.join([str(TARGET / "bin"), str(pathlib.Path(sys.executable).parent), os.environ["PATH"]])
    found = shutil.which(name, path=places)
    if not found:
        pytest.skip(f"the client {name} isn't on this machine")
    return found


def environment(folder, **more):
    """No settings but the test's own: a home in its folder, its credentials, no proxies."""
    kept = {k: v for k, v in os.environ.items() if not k.startswith(("AWS_", "RCLONE_", "MC_", "RESTIC_"))
            and not k.lower().endswith("_proxy")}
    return dict(kept, HOME=str(folder), AWS_ACCESS_KEY_ID=rondo.ACCESS, AWS_SECRET_ACCESS_KEY=rondo.SECRET,
                AWS_DEFAULT_REGION="us-east-1", AWS_REGION="us-east-1", **more)


def run(command, env, fails=False, seconds=60, stdin=subprocess.DEVNULL):
    done = subprocess.run([str(word) for word in command], env=env, capture_output=True, text=True, timeout=seconds,
                          stdin=stdin)
    assert fails is None or (done.returncode != 0) == fails, f"{command}\n{done.stdout}{done.stderr}"
    return done.stdout + done.stderr


def digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def tree(folder):
    """What a folder holds: relative names and hashes."""
    folder = pathlib.Path(folder)
    return {str(path.relative_to(folder)): digest(path) for path in folder.rglob("*") if path.is_file()}


def plant(folder, files=12, large=0):
    """A folder with names that need care, and perhaps one large file."""
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(files):
        path = folder / f"a{n % 3}" / f"b {n % 2}" / f"файл+{n}&é%41=.txt"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(random.Random(n).randbytes(n * 2500))
    if large:
        (folder / "large.bin").write_bytes(random.Random(large).randbytes(large))
    # A day old: some clients compare times, and S3 tells them in whole seconds.
    for path in folder.rglob("*"):
        os.utime(path, (path.stat().st_mtime - 86400,) * 2)
    return folder


def empty(s3, bucket):
    """Removes a bucket with all that is in it."""
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=bucket):
        for entry in page.get("Contents", []):
            s3.delete_object(Bucket=bucket, Key=entry["Key"])
    for upload in s3.list_multipart_uploads(Bucket=bucket).get("Uploads", []):
        s3.abort_multipart_upload(Bucket=bucket, Key=upload["Key"], UploadId=upload["UploadId"])
    s3.delete_bucket(Bucket=bucket)


def certificate(folder, name, common_name):
    """A certificate for this machine that is its own authority, and its key."""
    chain, key = folder / f"{name}.pem", folder / f"{name}.key"
    subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
                    "-days", "2", "-subj", f"/CN={common_name}", "-addext",
                    "subjectAltName=DNS:localhost,DNS:*.s3.localhost,IP:127.0.0.1",
                    "-keyout", str(key), "-out", str(chain)], check=True, capture_output=True)
    return chain, key
