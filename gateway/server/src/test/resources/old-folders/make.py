"""Makes an old data folder: make.py ROOT ENGINE OUT, where ROOT has the built program of that time."""
import hashlib, http.client, json, os, pathlib, shutil, signal, subprocess, sys, time, zipfile
import boto3
from botocore.client import Config

root, engine, out = pathlib.Path(sys.argv[1]), sys.argv[2], pathlib.Path(sys.argv[3])
base = 21000 if engine == "log" else 21100
folder = out / f"{engine}-folder"
shutil.rmtree(folder, ignore_errors=True)
env = {**os.environ, "JDK_JAVA_OPTIONS": "-Xmx160m"}  # a memtable is a sixteenth of that


def start():
    node = subprocess.Popen(
        [root / "rondo", "server", "--data", folder, "--engine", engine, "--durability", "none",
         "--capacity", "100GB", "--s3-listen", f"127.0.0.1:{base}", "--admin-listen", f"127.0.0.1:{base + 1}",
         "--node-listen", f"127.0.0.1:{base + 2}"], env=env, stdout=sys.stderr)
    while True:
        try:
            connection = http.client.HTTPConnection("127.0.0.1", base + 1, timeout=2)
            connection.request("GET", "/health/ready")
            if connection.getresponse().status == 200:
                return node
        except OSError:
            pass
        time.sleep(0.2)


def stop(node):
    node.send_signal(signal.SIGTERM)
    node.wait(60)


def rondo(*arguments):
    return subprocess.run(
        [root / "rondo", *arguments, "--admin", f"127.0.0.1:{base + 1}", "--credentials", folder / "root-credentials"],
        env=env, check=True, capture_output=True, text=True).stdout


def client(access, secret):
    return boto3.client("s3", endpoint_url=f"http://127.0.0.1:{base}", region_name="us-east-1",
                        aws_access_key_id=access, aws_secret_access_key=secret,
                        config=Config(s3={"addressing_style": "path"}, retries={"max_attempts": 1}))


def large(seed, size):
    """Bytes that don't shrink: SHA-256 of the seed and a counter, one after the other."""
    blocks = (hashlib.sha256(f"{seed}{i}".encode()).digest() for i in range(size // 32 + 1))
    return b"".join(blocks)[:size]


node = start()
text = (folder / "root-credentials").read_text()
words = dict(line.split("=", 1) for line in text.splitlines() if "=" in line)
facts = {}
access, secret = list(words.values())[:2]
s3 = client(access.strip(), secret.strip())
for name in ("alice", "bob"):
    told = rondo("user", "add", name).splitlines()
    facts[f"{name}.access-key"], facts[f"{name}.secret-key"] = (line.split()[-1] for line in told[1:3])

s3.create_bucket(Bucket="plain")
s3.put_object(Bucket="plain", Key="empty", Body=b"")
s3.put_object(Bucket="plain", Key="small", Body=b"a small object", ContentType="text/plain", Metadata={"colour": "red"})
s3.put_object(Bucket="plain", Key="folder/large", Body=large("large", 100_000))
s3.put_object(Bucket="plain", Key="removed", Body=b"gone")
s3.delete_object(Bucket="plain", Key="removed")
s3.copy_object(Bucket="plain", Key="folder/copy", CopySource="plain/folder/large")
s3.put_object_tagging(Bucket="plain", Key="small", Tagging={"TagSet": [{"Key": "kind", "Value": "test"}]})
s3.put_object(Bucket="plain", Key="sse-s3", Body=b"sealed by the store", ServerSideEncryption="AES256")
customer = client(access.strip(), secret.strip())
customer.meta.events.register("before-sign.s3", lambda request, **_: request.headers.add_header("x-forwarded-proto", "https"))
customer.put_object(Bucket="plain", Key="sse-c", Body=b"sealed by the client", SSECustomerAlgorithm="AES256",
                    SSECustomerKey=b"\x01" * 32)
s3.put_bucket_policy(Bucket="plain", Policy=json.dumps({"Version": "2012-10-17", "Statement": [
    {"Effect": "Allow", "Principal": {"AWS": "arn:aws:iam:::user/alice"}, "Action": "s3:GetObject", "Resource": "arn:aws:s3:::plain/folder/*"}]}))
s3.put_bucket_lifecycle_configuration(Bucket="plain", LifecycleConfiguration={"Rules": [
    {"ID": "old", "Status": "Enabled", "Filter": {"Prefix": "never/"}, "Expiration": {"Days": 3650}}]})
s3.put_bucket_tagging(Bucket="plain", Tagging={"TagSet": [{"Key": "team", "Value": "storage"}]})

upload = s3.create_multipart_upload(Bucket="plain", Key="assembled")["UploadId"]
parts = [s3.upload_part(Bucket="plain", Key="assembled", UploadId=upload, PartNumber=n, Body=body)["ETag"]
         for n, body in ((1, large("assembled", 40_000)),)]
s3.complete_multipart_upload(Bucket="plain", Key="assembled", UploadId=upload, MultipartUpload={
    "Parts": [{"ETag": etag, "PartNumber": n + 1} for n, etag in enumerate(parts)]})
pending = s3.create_multipart_upload(Bucket="plain", Key="pending")["UploadId"]
s3.upload_part(Bucket="plain", Key="pending", UploadId=pending, PartNumber=1, Body=b"the only part")

s3.create_bucket(Bucket="versioned", ObjectLockEnabledForBucket=True)
s3.put_object(Bucket="versioned", Key="twice", Body=b"first")
s3.put_object(Bucket="versioned", Key="twice", Body=b"second")
s3.put_object(Bucket="versioned", Key="marked", Body=b"behind a delete marker")
s3.delete_object(Bucket="versioned", Key="marked")
s3.put_object(Bucket="versioned", Key="locked", Body=b"held", ObjectLockMode="GOVERNANCE",
              ObjectLockRetainUntilDate="2099-01-01T00:00:00Z", ObjectLockLegalHoldStatus="ON")

s3.create_bucket(Bucket="open", ObjectOwnership="ObjectWriter")
s3.delete_public_access_block(Bucket="open")
s3.put_object(Bucket="open", Key="public", Body=b"for all", ACL="public-read")

# A checkpoint. Log: one key, again and again, until the memtable is full; it is one row there.
# RocksDB writes one when it starts and finds a log.
s3.create_bucket(Bucket="churn")
s3.put_object(Bucket="churn", Key="again", Body=b"y" * 16000)
if engine == "rocksdb":
    stop(node)
    node = start()
while not list((folder / "metadata").rglob("*.table" if engine == "log" else "*.sst")):
    s3.put_object(Bucket="churn", Key="again", Body=b"y" * 16000)
s3.put_object(Bucket="churn", Key="again", Body=b"the last")
s3.put_object(Bucket="churn", Key="behind", Body=b"behind the checkpoint")
stop(node)
for file in [*folder.rglob("LOG*"), *folder.rglob("lock"), *folder.rglob("LOCK")]:
    file.unlink()
archive = out / f"{engine}.zip"
archive.unlink(missing_ok=True)
with zipfile.ZipFile(archive, "w", zipfile.ZIP_DEFLATED) as files:
    for file in sorted(folder.rglob("*")):
        files.write(file, file.relative_to(folder))
(out / f"{engine}.properties").write_text("".join(f"{name}={value}\n" for name, value in facts.items()))
shutil.rmtree(folder)
