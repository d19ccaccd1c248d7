"""s3cmd: buckets, files in parts, trees, copies, signed addresses, and what it sets on objects and buckets."""
import uuid
import pytest, requests, rondo
from tools import ONE_NODE, digest, environment, plant, program, run, tree


@pytest.fixture
def s3cmd(server, tmp_path):
    host = server.endpoint.removeprefix("http://")
    settings = tmp_path / "s3cfg"
    settings.write_text(f"""[default]
access_key = {rondo.ACCESS}
secret_key = {rondo.SECRET}
host_base = {host}
host_bucket = {host}
use_https = False
max_retries = 1
""")
    command = program("s3cmd")
    env = environment(tmp_path)
    return lambda *words, **more: run([command, "-c", settings, "--no-progress", *words], env, **more)


def test_a_day_with_s3cmd(s3cmd, tmp_path):
    bucket = f"s3://s3cmd-{uuid.uuid4()}"
    s3cmd("mb", bucket)
    source = plant(tmp_path / "source", large=16 << 20)
    s3cmd("put", "--multipart-chunk-size-mb=5", "--add-header=x-amz-meta-note:one two", source / "large.bin",
          f"{bucket}/dir/large")
    s3cmd("get", f"{bucket}/dir/large", tmp_path / "back")
    assert digest(tmp_path / "back") == digest(source / "large.bin")
    told = s3cmd("info", f"{bucket}/dir/large")
    assert "one two" in told and "16777216" in told

    (source / "large.bin").unlink()
    s3cmd("sync", f"{source}/", f"{bucket}/tree/")
    s3cmd("sync", f"{bucket}/tree/", f"{tmp_path / 'copy'}/")
    assert tree(tmp_path / "copy") == tree(source)
    assert "upload:" not in s3cmd("sync", f"{source}/", f"{bucket}/tree/")

    s3cmd("cp", f"{bucket}/dir/large", f"{bucket}/dir/again")
    s3cmd("mv", f"{bucket}/dir/again", f"{bucket}/moved")
    assert "16777216" in s3cmd("du", f"{bucket}/moved")
    s3cmd("modify", "--add-header=x-amz-meta-note:three", f"{bucket}/moved")
    assert "three" in s3cmd("info", f"{bucket}/moved")
    # It signs addresses with signature version 2, which S3 takes no more: profile compat does.
    assert requests.get(s3cmd("signurl", f"{bucket}/moved", "+60").strip(), timeout=30).status_code == 400

    s3cmd("settagging", f"{bucket}/moved", "a=1&b=2")
    assert "a=1" in s3cmd("gettagging", f"{bucket}/moved").replace("\t", "").replace(":", "=")
    s3cmd("del", "--recursive", "--force", bucket)
    assert s3cmd("ls", "--recursive", bucket) == ""
    s3cmd("rb", bucket)
    assert bucket not in s3cmd("ls")


@ONE_NODE
def test_s3cmd_sets_up_a_bucket(s3cmd, s3, tmp_path):
    name = f"s3cmd-{uuid.uuid4()}"
    bucket = f"s3://{name}"
    s3cmd("mb", bucket)
    (tmp_path / "file").write_text("one")
    s3cmd("put", tmp_path / "file", f"{bucket}/a b/ключ +")
    # What AWS has refused since 2023, unless a bucket is told otherwise.
    assert "AccessControlListNotSupported" in s3cmd("setacl", "--acl-public", f"{bucket}/a b/ключ +", fails=True)
    s3cmd("setownership", bucket, "BucketOwnerPreferred")
    s3cmd("setblockpublicaccess", bucket, "BlockPublicPolicy")
    s3cmd("setacl", "--acl-public", f"{bucket}/a b/ключ +")
    told = s3cmd("info", f"{bucket}/a b/ключ +")
    assert "*anon*: READ" in told, told
    assert requests.get(f"{s3.meta.endpoint_url}/{name}/a b/ключ %2B", timeout=30).text == "one"
    s3cmd("setacl", "--acl-private", "--recursive", bucket)
    assert requests.get(f"{s3.meta.endpoint_url}/{name}/a b/ключ %2B", timeout=30).status_code == 403

    for what, document, shown in [
        ("policy", '{"Version": "2012-10-17", "Statement": {"Effect": "Deny", "Principal": "*", "Action": "s3:PutObject",'
                   f' "Resource": "arn:aws:s3:::{name}/x"}}}}', "Deny"),
        ("cors", "<CORSConfiguration><CORSRule><AllowedOrigin>https://a</AllowedOrigin><AllowedMethod>GET</AllowedMethod>"
                 "</CORSRule></CORSConfiguration>", "https://a"),
        ("lifecycle", "<LifecycleConfiguration><Rule><ID>one</ID><Filter><Prefix>x/</Prefix></Filter><Status>Enabled</Status>"
                      "<Expiration><Days>9</Days></Expiration></Rule></LifecycleConfiguration>", "9"),
    ]:
        (tmp_path / what).write_text(document)
        s3cmd(f"set{what}", tmp_path / what, bucket)
        assert shown in s3cmd("getlifecycle" if what == "lifecycle" else "info", bucket), what
        s3cmd("dellifecycle" if what == "lifecycle" else f"del{what}", bucket)
    s3cmd("setversioning", bucket, "enable")
    s3cmd("put", "--server-side-encryption", "--storage-class=STANDARD", tmp_path / "file", f"{bucket}/kept")
    assert s3.get_bucket_versioning(Bucket=name)["Status"] == "Enabled" and "AES256" in s3cmd("info", f"{bucket}/kept")
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration=dict(Status="Suspended"))

    upload = s3.create_multipart_upload(Bucket=name, Key="begun")["UploadId"]
    assert upload in s3cmd("multipart", bucket)
    s3cmd("abortmp", f"{bucket}/begun", upload)
    assert "Uploads" not in s3.list_multipart_uploads(Bucket=name)
    for one in (page := s3.list_object_versions(Bucket=name)).get("Versions", []) + page.get("DeleteMarkers", []):
        s3.delete_object(Bucket=name, Key=one["Key"], VersionId=one["VersionId"])
    s3cmd("rb", bucket)
