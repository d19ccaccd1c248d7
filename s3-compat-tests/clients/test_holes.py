"""Holes that other stores had: bytes on the socket, signed or not, that must open nothing."""
import base64, datetime, hashlib, hmac, http.client, socket, urllib.parse, uuid
import boto3, pytest, requests, rondo
from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError
from tools import empty, run

ROOT = Credentials(rondo.ACCESS, rondo.SECRET)


@pytest.fixture
def bucket(s3):
    name = f"holes-{uuid.uuid4()}"
    s3.create_bucket(Bucket=name)
    yield name
    empty(s3, name)


def signed(server, method, target, headers=None, body=b"", payload=None):
    """The head and body of a request, signed for what they say."""
    headers = dict(headers or {})
    headers["x-amz-content-sha256"] = payload or hashlib.sha256(body).hexdigest()
    request = AWSRequest(method=method, url=server.endpoint + target, headers=headers, data=body)
    request.context["client_config"] = None
    auth = S3SigV4Auth(ROOT, "s3", "us-east-1")
    request.context["payload_signing_enabled"] = True
    auth.payload = lambda _: headers["x-amz-content-sha256"]
    auth.add_auth(request)
    lines = [f"{method} {target} HTTP/1.1", f"Host: {server.endpoint.removeprefix('http://')}"]
    lines += [f"{name}: {value}" for name, value in request.headers.items() if name.lower() != "host"]
    if method in ("PUT", "POST") and "content-length" not in {name.lower() for name in request.headers}:
        lines.append(f"Content-Length: {len(body)}")
    return "\r\n".join(lines).encode("latin-1") + b"\r\n\r\n" + body


def exchange(server, data):
    """What is answered to bytes on a connection of their own: status, head, body."""
    host, port = server.endpoint.removeprefix("http://").split(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(data)
        answer = http.client.HTTPResponse(connection)
        answer.begin()
        body = answer.read()
        return answer.status, answer.headers, body.decode("utf-8", "replace")


def test_a_presigned_put_is_no_copy(server, s3, bucket):
    """An x-amz-copy-source that nobody signed would turn a permission to write into one to read."""
    s3.put_object(Bucket=bucket, Key="secret", Body=b"secret")
    url = s3.generate_presigned_url("put_object", dict(Bucket=bucket, Key="mine"))
    for header in ("x-amz-copy-source", "X-Amz-Copy-Source"):
        answer = requests.put(url, headers={header: f"/{bucket}/secret"}, timeout=30)
        assert answer.status_code == 403 and "<Code>AccessDenied" in answer.text, answer.text
    answer = requests.put(f"{url}&x-amz-copy-source=/{bucket}/secret", data=b"", timeout=30)
    assert answer.status_code == 403, answer.text
    for header in ("x-amz-meta-a", "x-amz-acl", "x-amz-tagging", "x-amz-storage-class"):
        assert requests.put(url, headers={header: "private"}, timeout=30).status_code == 403
    part = s3.create_multipart_upload(Bucket=bucket, Key="mine")["UploadId"]
    url = s3.generate_presigned_url("upload_part", dict(Bucket=bucket, Key="mine", UploadId=part, PartNumber=1))
    answer = requests.put(url, headers={"x-amz-copy-source": f"/{bucket}/secret"}, timeout=30)
    assert answer.status_code == 403
    with pytest.raises(ClientError):
        s3.head_object(Bucket=bucket, Key="mine")


@pytest.mark.parametrize("wire", [
    b"", b"a", b"a\r\n", b"a\r\n01234", b"a\r\n0123456789", b"a\r\n0123456789\r\n", b"a\r\n0123456789\r\n0",
    b"a\r\n0123456789\r\n0\r\n", b"5\r\n01234\r\n0\r\n\r\n", b"0\r\n\r\n", b"-a\r\n0123456789\r\n0\r\n\r\n",
    b"ffffffffffffffff\r\n0123456789\r\n0\r\n\r\n", b"b\r\n0123456789X\r\n0\r\n\r\n",
    b"a;x\r\n0123456789\r\n0\r\n\r\n\r\n", b"0123456789"])
def test_a_chunked_body_that_is_cut_or_wrong_stores_nothing(server, s3, bucket, wire):
    status, _, body = exchange(server, signed(
        server, "PUT", f"/{bucket}/chunked", {"x-amz-decoded-content-length": "10", "content-encoding": "aws-chunked",
                                               "x-amz-trailer": "x-amz-checksum-crc32", "content-length": str(len(wire))},
        wire, "STREAMING-UNSIGNED-PAYLOAD-TRAILER"))
    assert status in (400, 403) and "<Code>" in body, body
    with pytest.raises(ClientError):
        s3.head_object(Bucket=bucket, Key="chunked")


def chain(head, pieces):
    """The pieces of a body as chunks, each signed after the one before it, the first after the request."""
    fields = dict(line.split(": ", 1) for line in head.decode("latin-1").split("\r\n") if ": " in line)
    signature = fields["Authorization"].rsplit("Signature=", 1)[1]
    date, scope = fields["X-Amz-Date"], fields["Authorization"].split("Credential=")[1].split(",")[0].split("/", 1)[1]
    key = ("AWS4" + rondo.SECRET).encode()
    for word in scope.split("/"):
        key = hmac.new(key, word.encode(), hashlib.sha256).digest()
    chunks = []
    for piece in (*pieces, b""):
        text = "\n".join(["AWS4-HMAC-SHA256-PAYLOAD", date, scope, signature, hashlib.sha256(b"").hexdigest(),
                          hashlib.sha256(piece).hexdigest()])
        signature = hmac.new(key, text.encode(), hashlib.sha256).hexdigest()
        chunks.append(f"{len(piece):x};chunk-signature={signature}\r\n".encode() + piece + b"\r\n")
    return chunks


@pytest.mark.parametrize("change,whole", [
    (lambda a, b, end: a + b + end, True), (lambda a, b, end: a + b, False), (lambda a, b, end: a + end, False),
    (lambda a, b, end: b + a + end, False), (lambda a, b, end: a + a + end, False), (lambda a, b, end: end, False),
    (lambda a, b, end: a + b[:-7], False), (lambda a, b, end: a + b + end[:-4], False),
    (lambda a, b, end: a + b.replace(b"b", b"c", 1) + end, False),
    (lambda a, b, end: a + b.replace(b";chunk-signature=", b";chunk-signature=0", 1) + end, False),
    (lambda a, b, end: a + b.split(b";")[0] + b"\r\n" + b.split(b"\r\n", 1)[1] + end, False),
    (lambda a, b, end: a + b + end[:20] + b"0" * 64 + b"\r\n\r\n", False)])
def test_signed_chunks_hang_together(server, s3, bucket, change, whole):
    """What is left out, moved, repeated or altered breaks the chain of their signatures."""
    pieces = (b"a" * 8192, b"b" * 9000)
    for attempt in range(2):  # The length is signed: it is known after the first.
        length = 0 if attempt == 0 else len(wire)
        head = signed(server, "PUT", f"/{bucket}/chain", {
            "x-amz-decoded-content-length": str(sum(map(len, pieces))), "content-encoding": "aws-chunked",
            "content-length": str(length)}, b"", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD")
        wire = change(*chain(head, pieces))
    status, _, body = exchange(server, head + wire)
    if whole:
        assert status == 200, body
        assert s3.get_object(Bucket=bucket, Key="chain")["Body"].read() == b"".join(pieces)
    else:
        assert status in (400, 403) and "<Code>" in body, (status, body)
        with pytest.raises(ClientError):
            s3.head_object(Bucket=bucket, Key="chain")


@pytest.mark.parametrize("name", ["response-content-type", "response-content-disposition", "response-cache-control",
                                  "response-content-language", "response-expires", "response-content-encoding"])
def test_a_response_parameter_makes_no_header(server, s3, bucket, name):
    s3.put_object(Bucket=bucket, Key="k", Body=b"body")
    for evil in ("a\r\nX-Evil: 1", "a\nX-Evil: 1", "a\rX-Evil: 1", "a\0b", "a\r\n\r\n<script>"):
        target = f"/{bucket}/k?{name}={urllib.parse.quote(evil, safe='')}"
        status, headers, body = exchange(server, signed(server, "GET", target))
        assert status == 400 or status == 200 and body == "body", (status, body)
        assert "X-Evil" not in headers


@pytest.mark.parametrize("value", ["a\rX-Evil: 1", "a\0b", "a\x01b", "\xff\xfe", "=?UTF-8?B?DQpYLUV2aWw6IDE=?=",
                                   "=?UTF-8?Q?a=0D=0AX-Evil:_1?="])
def test_metadata_makes_no_header(server, s3, bucket, value):
    status, _, body = exchange(server, signed(server, "PUT", f"/{bucket}/k", {"x-amz-meta-a": value}, b"body"))
    if status == 200:
        status, headers, body = exchange(server, signed(server, "GET", f"/{bucket}/k"))
        assert status == 200 and body == "body" and "X-Evil" not in headers
    else:
        assert status in (400, 403) and "<Code>" in body


def test_metadata_in_a_form_makes_no_header(server, s3, bucket):
    form = s3.generate_presigned_post(bucket, "k", Conditions=[["starts-with", "$x-amz-meta-a", ""],
                                                               ["starts-with", "$Content-Type", ""]])
    for field in ("x-amz-meta-a", "Content-Type"):
        fields = {**form["fields"], "x-amz-meta-a": "a", "Content-Type": "b/c", field: "a\r\nX-Evil: 1"}
        answer = requests.post(form["url"], data=fields, files=dict(file=b"body"), timeout=30)
        if answer.status_code == 204:
            status, headers, body = exchange(server, signed(server, "GET", f"/{bucket}/k"))
            assert status == 200 and body == "body" and "X-Evil" not in headers
        else:
            assert answer.status_code in (400, 403)


def test_the_name_of_a_field_makes_no_header(server, s3, bucket):
    form = s3.generate_presigned_post(bucket, "k")
    for name in ("x-amz-meta-a\nX-Evil: 1", "x-amz-meta-a b", "x-amz-meta-ж", "x-amz-meta-a:b", "x-amz-meta-\0"):
        policy = s3.generate_presigned_post(bucket, "k", Conditions=[{name: "1"}])
        part = "".join(f'--B\r\nContent-Disposition: form-data; name="{n}"\r\n\r\n{v}\r\n'
                       for n, v in {**policy["fields"], name: "1"}.items())
        data = part + '--B\r\nContent-Disposition: form-data; name="file"; filename="f"\r\n\r\nbody\r\n--B--\r\n'
        answer = requests.post(form["url"], data=data.encode(), timeout=30,
                               headers={"Content-Type": "multipart/form-data; boundary=B"})
        assert answer.status_code in (400, 403) and "<Code>" in answer.text, (name, answer.status_code)


def test_a_rule_makes_no_header(server, s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"body")
    try:
        s3.put_bucket_lifecycle_configuration(Bucket=bucket, LifecycleConfiguration=dict(Rules=[dict(
            ID="a\r\nX-Evil: 1", Status="Enabled", Filter=dict(Prefix=""), Expiration=dict(Days=3))]))
    except ClientError:
        return
    status, headers, body = exchange(server, signed(server, "GET", f"/{bucket}/k"))
    assert status == 200 and body == "body" and "X-Evil" not in headers


@pytest.mark.parametrize("fields", [
    "Content-Length: 5\r\nTransfer-Encoding: chunked", "Content-Length: 5\r\nContent-Length: 6",
    "Content-Length: 5, 6", "Content-Length: +5", "Content-Length: 0x5", "Content-Length: 5\r\nTransfer-Encoding: x",
    "Transfer-Encoding: chunked, identity", "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity",
    "Transfer-Encoding:\x0bchunked", "Transfer-Encoding : chunked", "Content-Length : 5", "Content-Length: 5\r\n 6"])
def test_nothing_is_smuggled_behind_a_conflict_of_lengths(server, bucket, fields):
    """At most one answer comes, and the connection ends: what follows is never a second request."""
    host, port = server.endpoint.removeprefix("http://").split(":")
    smuggled = "GET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall(f"PUT /{bucket}/x HTTP/1.1\r\nHost: a\r\n{fields}\r\n\r\n0\r\n\r\n{smuggled}".encode("latin-1"))
        connection.shutdown(socket.SHUT_WR)
        answered = b""
        while piece := connection.recv(65536):
            answered += piece
    assert answered.count(b"HTTP/1.1 ") <= 1, answered
    assert b"smuggled" not in answered


@pytest.mark.parametrize("path", ["%2e%2e%2fother", "..%2f..%2fsecret", "a%252f..%252fsecret", "%252e%252e/secret",
                                  "./secret", "a/../secret", "..\\secret", "%c0%ae%c0%ae/secret", "secret%00",
                                  "secret%2500", "/secret", "secret/", "secret%20", "SECRET", "%2Fsecret"])
def test_a_path_means_itself_and_no_other(server, s3, bucket, path):
    s3.put_object(Bucket=bucket, Key="secret", Body=b"secret")
    status, _, body = exchange(server, signed(server, "GET", f"/{bucket}/{path}"))
    assert status in (400, 403, 404) and "secret" != body, (status, body)


def test_a_key_encoded_twice_is_a_key_of_its_own(server, s3, bucket):
    for key in ("a/b", "a%2Fb", "a%252Fb", "a//b", "a/./b", "a/../b"):
        s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    for key in ("a/b", "a%2Fb", "a%252Fb", "a//b", "a/./b", "a/../b"):
        assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == key.encode()
    assert requests.get(f"{server.endpoint}/{bucket}%2Fa/b", timeout=30).status_code in (400, 403, 404)


BILLION = ('<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">'
           + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi")) + "]>")


@pytest.mark.parametrize("target,document", [
    ("?delete", "<Delete><Object><Key>&i;</Key></Object></Delete>"),
    ("?tagging", "<Tagging><TagSet><Tag><Key>&i;</Key><Value>b</Value></Tag></TagSet></Tagging>"),
    ("?versioning", "<VersioningConfiguration><Status>&i;</Status></VersioningConfiguration>"),
    ("?cors", "<CORSConfiguration><CORSRule><ID>&i;</ID></CORSRule></CORSConfiguration>"),
    ("?lifecycle", "<LifecycleConfiguration><Rule><ID>&i;</ID></Rule></LifecycleConfiguration>"),
    ("?acl", "<AccessControlPolicy><Owner><ID>&i;</ID></Owner></AccessControlPolicy>"),
    ("?ownershipControls", "<OwnershipControls><Rule><ObjectOwnership>&i;</ObjectOwnership></Rule></OwnershipControls>"),
    ("?publicAccessBlock", "<PublicAccessBlockConfiguration><BlockPublicAcls>&i;</BlockPublicAcls></PublicAccessBlockConfiguration>")])
@pytest.mark.parametrize("head", [BILLION, '<!DOCTYPE l SYSTEM "file:///etc/passwd">',
                                  '<!DOCTYPE l [<!ENTITY i SYSTEM "file:///etc/hostname">]>',
                                  '<!DOCTYPE l [<!ENTITY % p SYSTEM "http://127.0.0.1:1/x"> %p;]>'])
def test_entities_are_not_expanded(server, bucket, target, document, head):
    body = (head + document).encode()
    md5 = base64.b64encode(hashlib.md5(body).digest()).decode()
    started = datetime.datetime.now()
    status, _, answer = exchange(server, signed(server, "POST" if target == "?delete" else "PUT",
                                                f"/{bucket}{target}", {"content-md5": md5}, body))
    assert status == 400 and "root:" not in answer, (status, answer)
    assert (datetime.datetime.now() - started).total_seconds() < 5


def test_an_upload_belongs_to_its_key_and_bucket(server, s3, bucket):
    other = f"holes-{uuid.uuid4()}"
    s3.create_bucket(Bucket=other)
    upload = s3.create_multipart_upload(Bucket=bucket, Key="k")["UploadId"]
    tag = s3.upload_part(Bucket=bucket, Key="k", UploadId=upload, PartNumber=1, Body=b"1")["ETag"]
    parts = dict(Parts=[dict(PartNumber=1, ETag=tag)])
    for where in (dict(Bucket=other, Key="k"), dict(Bucket=bucket, Key="K"), dict(Bucket=bucket, Key="k/")):
        for call, more in ((s3.upload_part, dict(PartNumber=1, Body=b"2")), (s3.list_parts, {}),
                           (s3.complete_multipart_upload, dict(MultipartUpload=parts)),
                           (s3.abort_multipart_upload, {})):
            with pytest.raises(ClientError) as refused:
                call(UploadId=upload, **where, **more)
            assert refused.value.response["Error"]["Code"] == "NoSuchUpload"
    for wrong in ("", "x", upload[:-1], upload + "0", upload.upper() + "!", "../" + upload, "\0", "%"):
        with pytest.raises(ClientError) as refused:
            s3.list_parts(Bucket=bucket, Key="k", UploadId=wrong)
        assert refused.value.response["Error"]["Code"] in ("NoSuchUpload", "InvalidArgument", "InvalidRequest")
    s3.complete_multipart_upload(Bucket=bucket, Key="k", UploadId=upload, MultipartUpload=parts)
    s3.put_object(Bucket=bucket, Key="k", Body=b"later")
    s3.complete_multipart_upload(Bucket=bucket, Key="k", UploadId=upload, MultipartUpload=parts)
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"later", "said again, it changes nothing"
    with pytest.raises(ClientError):
        s3.upload_part(Bucket=bucket, Key="k", UploadId=upload, PartNumber=1, Body=b"2")
    empty(s3, other)


def test_a_signature_is_for_one_request(server, s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"secret")
    s3.put_object(Bucket=bucket, Key="l", Body=b"other")
    url = s3.generate_presigned_url("get_object", dict(Bucket=bucket, Key="k"), ExpiresIn=60)
    assert requests.get(url, timeout=30).text == "secret"
    for changed in (url.replace("/k?", "/l?"), url + "&versionId=null", url + "&acl", url.replace("=60", "=61"),
                    url.replace("/k?", "/k?&X-Amz-Expires=9999&"),
                    url.replace("us-east-1", "eu-west-1")):
        assert requests.get(changed, timeout=30).status_code in (400, 403), changed
    assert requests.put(url, data=b"x", timeout=30).status_code == 403
    assert requests.delete(url, timeout=30).status_code == 403
    for algorithm in ("AWS4-HMAC-SHA1", "none", "", "AWS4-ECDSA-P256-SHA256"):
        assert requests.get(url.replace("AWS4-HMAC-SHA256", algorithm), timeout=30).status_code in (400, 403)
    stale = AWSRequest("GET", f"{server.endpoint}/{bucket}/k")
    auth = S3SigV4QueryAuth(ROOT, "s3", "us-east-1", expires=604801)
    auth.add_auth(stale)
    assert requests.get(stale.url, timeout=30).status_code in (400, 403)


@pytest.fixture
def stranger(server, tmp_path):
    """The client of a user with an account of its own."""
    credentials = tmp_path / "credentials"
    credentials.write_text(f"access_key={rondo.ACCESS}\nsecret_key={rondo.SECRET}\n")
    admin = ["--admin", f"127.0.0.1:{server.base + 1}", "--credentials", credentials]
    name = f"stranger-{uuid.uuid4().hex[:8]}"
    told = run([rondo.ROOT / "rondo", "user", "add", name, *admin], rondo.environment())
    keys = dict(line.rsplit(None, 1) for line in told.splitlines() if line.startswith(("access", "secret")))
    yield boto3.client("s3", endpoint_url=server.endpoint, aws_access_key_id=keys["access key"],
                       aws_secret_access_key=keys["secret key"], region_name="us-east-1",
                       config=Config(s3=dict(addressing_style="path"), retries=dict(max_attempts=1)))
    run([rondo.ROOT / "rondo", "user", "remove", name, *admin], rondo.environment())


def test_what_is_another_accounts_stays_its_own(s3, bucket, stranger):
    s3.put_object(Bucket=bucket, Key="k", Body=b"secret")
    upload = s3.create_multipart_upload(Bucket=bucket, Key="m")["UploadId"]
    tag = s3.upload_part(Bucket=bucket, Key="m", UploadId=upload, PartNumber=1, Body=b"1")["ETag"]
    own = f"holes-{uuid.uuid4()}"
    theirs, mine = dict(Bucket=bucket, Key="k"), dict(Bucket=own, Key="k")
    of_upload = dict(Bucket=bucket, Key="m", UploadId=upload)
    parts = dict(MultipartUpload=dict(Parts=[dict(PartNumber=1, ETag=tag)]))
    source = dict(CopySource=dict(theirs))
    try:
        stranger.create_bucket(Bucket=own)
        stranger.put_object(**mine, Body=b"mine")
        started = stranger.create_multipart_upload(**mine)["UploadId"]
        refused = [
            (stranger.get_object, theirs), (stranger.head_object, theirs), (stranger.delete_object, theirs),
            (stranger.put_object, dict(theirs, Body=b"x")), (stranger.get_object_attributes, dict(
                theirs, ObjectAttributes=["ETag"])), (stranger.get_object_tagging, theirs),
            (stranger.get_object_acl, theirs), (stranger.get_object, dict(Bucket=bucket, Key="none")),
            (stranger.list_objects_v2, dict(Bucket=bucket)), (stranger.list_object_versions, dict(Bucket=bucket)),
            (stranger.list_multipart_uploads, dict(Bucket=bucket)), (stranger.delete_bucket, dict(Bucket=bucket)),
            (stranger.get_bucket_location, dict(Bucket=bucket)), (stranger.head_bucket, dict(Bucket=bucket)),
            (stranger.put_bucket_versioning, dict(Bucket=bucket, VersioningConfiguration=dict(Status="Enabled"))),
            (stranger.get_bucket_acl, dict(Bucket=bucket)), (stranger.copy_object, dict(mine, **source)),
            (stranger.copy_object, dict(theirs, CopySource=dict(mine))),
            (stranger.upload_part_copy, dict(mine, UploadId=started, PartNumber=1, **source)),
            (stranger.upload_part, dict(of_upload, PartNumber=1, Body=b"2")), (stranger.list_parts, of_upload),
            (stranger.complete_multipart_upload, dict(of_upload, **parts)),
            (stranger.abort_multipart_upload, of_upload)]
        for call, arguments in refused:
            with pytest.raises(ClientError) as error:
                call(**arguments)
            assert error.value.response["Error"]["Code"] in ("AccessDenied", "403"), (call, error.value)
        for call, more in ((stranger.upload_part, dict(PartNumber=1, Body=b"2")), (stranger.list_parts, {}),
                           (stranger.complete_multipart_upload, parts), (stranger.abort_multipart_upload, {})):
            with pytest.raises(ClientError) as error:
                call(**mine, UploadId=upload, **more)
            assert error.value.response["Error"]["Code"] == "NoSuchUpload"
        answer = stranger.delete_objects(Bucket=bucket, Delete=dict(Objects=[dict(Key="k")]))
        assert [error["Code"] for error in answer["Errors"]] == ["AccessDenied"]
        assert bucket not in [b["Name"] for b in stranger.list_buckets()["Buckets"]]
        assert s3.get_object(**theirs)["Body"].read() == b"secret"
        assert len(s3.list_parts(**of_upload)["Parts"]) == 1
    finally:
        empty(stranger, own)
