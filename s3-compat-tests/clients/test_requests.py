"""Requests as clients really send them: lists in several lines, signed queries that stand for headers, words of RFC 2047."""
import base64, email.header, hashlib, hmac, http.client, json, os, urllib.parse, uuid, zlib
import pytest, requests, rondo
from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.exceptions import ClientError
from tools import empty

ROOT = Credentials(rondo.ACCESS, rondo.SECRET)
TRAILER = "STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER"


@pytest.fixture
def bucket(s3):
    name = f"requests-{uuid.uuid4()}"
    s3.create_bucket(Bucket=name)
    yield name
    empty(s3, name)


def send(server, method, target, lines=(), body=b"", unsigned=(), payload="UNSIGNED-PAYLOAD"):
    """A signed request whose headers are (name, value) lines, a name as often as it comes: status, headers, body."""
    joined = {}
    for name, value in lines:
        joined[name] = f"{joined[name]},{value}" if name in joined else value
    request = AWSRequest(method, server.endpoint + target, headers={**joined, "x-amz-content-sha256": payload})
    auth = S3SigV4Auth(ROOT, "s3", "us-east-1")
    auth.payload = lambda _: payload
    auth.add_auth(request)
    connection = http.client.HTTPConnection(server.endpoint.removeprefix("http://"), timeout=30)
    connection.putrequest(method, target, skip_accept_encoding=True)
    own = [(name, value) for name, value in request.headers.items() if name.lower() not in {n.lower() for n in joined}]
    for name, value in [*own, *lines, *unsigned, ("Content-Length", str(len(body)))]:
        connection.putheader(name, value.encode())
    connection.endheaders(body)
    answer = connection.getresponse()
    return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read(), request


def presigned(server, method, target, **query):
    request = AWSRequest(method, server.endpoint + target, params=query)
    S3SigV4QueryAuth(ROOT, "s3", "us-east-1").add_auth(request)
    return request.url


@pytest.mark.parametrize("lines", [("ETag", "ObjectSize", "StorageClass"), ("ETag,ObjectSize", "", "StorageClass")])
def test_attributes_may_be_asked_for_in_several_lines(server, s3, bucket, lines):
    s3.put_object(Bucket=bucket, Key="a", Body=b"0123456789")
    status, _, body, _ = send(server, "GET", f"/{bucket}/a?attributes", [("x-amz-object-attributes", one) for one in lines])
    assert status == 200 and b"<ObjectSize>10<" in body and b"<StorageClass>" in body and b"<ETag>" in body


def test_conditions_in_several_lines_are_one_list(server, s3, bucket):
    etag = s3.put_object(Bucket=bucket, Key="a", Body=b"x")["ETag"]
    for method in ("GET", "HEAD"):
        for header, found, missed in (("if-match", 200, 412), ("if-none-match", 304, 200)):
            assert send(server, method, f"/{bucket}/a", unsigned=[(header, '"b"'), (header, etag)])[0] == found
            assert send(server, method, f"/{bucket}/a", unsigned=[(header, '"b"'), (header, '"c"')])[0] == missed
    copied = [("x-amz-copy-source", f"{bucket}/a"), ("x-amz-copy-source-if-match", '"b"'), ("x-amz-copy-source-if-match", etag)]
    assert send(server, "PUT", f"/{bucket}/b", copied)[0] == 200


@pytest.mark.parametrize("lines, kept", [
    (["gzip", "aws-chunked"], "gzip"), (["aws-chunked", "gzip"], "gzip"), (["gzip", "br"], "gzip,br"), (["aws-chunked", ""], None)])
def test_encodings_in_several_lines_are_kept_but_for_the_framing(server, s3, bucket, lines, kept):
    assert send(server, "PUT", f"/{bucket}/a", unsigned=[("content-encoding", one) for one in lines], body=b"x")[0] == 200
    assert s3.head_object(Bucket=bucket, Key="a").get("ContentEncoding") == kept


def test_a_header_that_is_no_list_comes_once(server, s3, bucket):
    s3.put_object(Bucket=bucket, Key="a", Body=b"0123")
    for header in (("x-amz-storage-class", "STANDARD"), ("content-md5", base64.b64encode(bytes(16)).decode()),
                   ("x-amz-metadata-directive", "COPY"), ("x-amz-server-side-encryption", "AES256")):
        copy = [("x-amz-copy-source", f"{bucket}/a")] if header[0] == "x-amz-metadata-directive" else []
        status, _, body, _ = send(server, "PUT", f"/{bucket}/b", [header, header, *copy])
        assert status == 400, (header, body)


@pytest.mark.parametrize("last", ["9223372036854775806", "9223372036854775807", "18446744073709551616", "9" * 500])
def test_a_range_may_end_at_any_number(s3, bucket, last):
    s3.put_object(Bucket=bucket, Key="a", Body=b"0123456789ABCDEF")
    assert s3.get_object(Bucket=bucket, Key="a", Range=f"bytes=10-{last}")["Body"].read() == b"ABCDEF"
    assert s3.head_object(Bucket=bucket, Key="a", Range=f"bytes=-{last}")["ContentLength"] == 16
    with pytest.raises(ClientError, match="InvalidRange"):
        s3.get_object(Bucket=bucket, Key="a", Range=f"bytes={last}-")


def test_signed_parameters_stand_for_headers(server, s3, bucket):
    query = {"x-amz-meta-foo": "bär", "X-Amz-Meta-Other": "1", "x-amz-tagging": "a=b", "x-amz-storage-class": "STANDARD_IA",
             "content-type": "text/x", "Cache-Control": "no-cache"}
    assert requests.put(presigned(server, "PUT", f"/{bucket}/a", **query), b"x", timeout=30).status_code == 200
    head = s3.head_object(Bucket=bucket, Key="a")
    assert head["Metadata"] == {"foo": "=?UTF-8?Q?b=C3=A4r?=", "other": "1"} and head["TagCount"] == 1
    assert (head["StorageClass"], head["ContentType"], head["CacheControl"]) == ("STANDARD_IA", "text/x", "no-cache")
    url = presigned(server, "PUT", f"/{bucket}/copy", **{"x-amz-copy-source": f"{bucket}/a"})
    assert "CopyObjectResult" in requests.put(url, timeout=30).text
    assert s3.get_object(Bucket=bucket, Key="copy")["Body"].read() == b"x"
    once = presigned(server, "PUT", f"/{bucket}/a", **{"if-none-match": "*"})
    assert requests.put(once, b"y", timeout=30).status_code == 412
    begun = requests.post(presigned(server, "POST", f"/{bucket}/m", uploads="", **{"x-amz-meta-foo": "bar"}), timeout=30)
    upload = begun.text.split("<UploadId>")[1].split("<")[0]
    etag = s3.upload_part(Bucket=bucket, Key="m", UploadId=upload, PartNumber=1, Body=b"x")["ETag"]
    s3.complete_multipart_upload(Bucket=bucket, Key="m", UploadId=upload,
                                 MultipartUpload=dict(Parts=[dict(ETag=etag, PartNumber=1)]))
    assert s3.head_object(Bucket=bucket, Key="m")["Metadata"] == {"foo": "bar"}
    assert requests.get(presigned(server, "GET", f"/{bucket}/m", **{"range": "bytes=0-0"}), timeout=30).status_code == 206


@pytest.mark.parametrize("query, headers", [
    ({"x-amz-acl": "public-read"}, {}), ({"x-amz-storage-class": "NONE"}, {}), ({"x-amz-meta-a": "b\r\nc: d"}, {}),
    ({"content-type": "a/b"}, {"content-type": "c/d"}), ({"x-amz-server-side-encryption": "none"}, {}),
    ({"x-amz-tagging": "a=b&a=c"}, {}), ({"x-amz-object-lock-mode": "GOVERNANCE"}, {}),
    ({"x-amz-server-side-encryption-customer-algorithm": "AES256"}, {}), ({"content-md5": "AAAAAAAAAAAAAAAAAAAAAA=="}, {})])
def test_signed_parameters_that_cannot_take_effect_are_refused(server, s3, bucket, query, headers):
    answer = requests.put(presigned(server, "PUT", f"/{bucket}/a", **query), b"x", headers=headers, timeout=30)
    assert answer.status_code == 400, answer.text
    assert s3.list_objects_v2(Bucket=bucket)["KeyCount"] == 0


def test_a_plus_in_a_copy_source_is_a_space(server, s3, bucket):
    s3.put_object(Bucket=bucket, Key="my file+1.txt", Body=b"x")
    upload = s3.create_multipart_upload(Bucket=bucket, Key="m")["UploadId"]
    for source in (f"{bucket}%2Fmy+file%2B1.txt", f"/{bucket}/my+file%2B1.txt", f"{bucket}/my%20file%2B1.txt"):
        assert send(server, "PUT", f"/{bucket}/copy", [("x-amz-copy-source", source)])[0] == 200
        part = f"/{bucket}/m?partNumber=1&uploadId={urllib.parse.quote(upload)}"
        assert send(server, "PUT", part, [("x-amz-copy-source", source)])[0] == 200
    assert b"NoSuchKey" in send(server, "PUT", f"/{bucket}/copy", [("x-amz-copy-source", f"{bucket}/my file+1.txt")])[2]


@pytest.mark.parametrize("sent", ["é日本", "=?UTF-8?B?w6nml6XmnKw=?=", "日本" * 80])
def test_metadata_beyond_ascii_is_told_in_words(server, s3, bucket, sent):
    assert send(server, "PUT", f"/{bucket}/a", [("x-amz-meta-a", sent)], b"x")[0] == 200
    url = presigned(server, "PUT", f"/{bucket}/b", **{"x-amz-meta-a": sent})
    assert requests.put(url, b"x", timeout=30).status_code == 200
    s3.copy_object(Bucket=bucket, Key="c", CopySource=dict(Bucket=bucket, Key="a"))
    for key in "abc":
        told = s3.head_object(Bucket=bucket, Key=key)["Metadata"]["a"]
        assert told.isascii() and s3.get_object(Bucket=bucket, Key=key)["Metadata"]["a"] == told
        meant = "".join(part.decode(charset or "ascii") if isinstance(part, bytes) else part
                        for part, charset in email.header.decode_header(told))
        assert meant == ("é日本" if sent.isascii() else sent)


def test_overrides_are_known_and_signed(server, s3, bucket):
    s3.put_object(Bucket=bucket, Key="a", Body=b"<script>", ContentType="image/png")
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(dict(Version="2012-10-17", Statement=[dict(
        Effect="Allow", Principal="*", Action="s3:GetObject", Resource=f"arn:aws:s3:::{bucket}/*")])))
    for method in ("GET", "HEAD"):
        for query in ("response-xyz=a", "response-content-dispositon=a", "response-=a", "response-expires=%E2%80%94",
                      "response-cache-control=a%0D%0Ab%3Ac"):
            status, _, body, _ = send(server, method, f"/{bucket}/a?{query}")
            assert status == 400 and (method == "HEAD" or b"<Code>InvalidArgument" in body), (query, body)
        for name in ("type", "disposition", "encoding", "language"):
            answer = requests.request(method, f"{server.endpoint}/{bucket}/a?response-content-{name}=text/html", timeout=30)
            assert answer.status_code == 400 and "text/html" not in answer.headers.values()
        assert requests.request(method, f"{server.endpoint}/{bucket}/a", timeout=30).headers["content-type"] == "image/png"
        assert send(server, method, f"/{bucket}/a?response-content-type=text%2Fplain")[1]["content-type"] == "text/plain"


def signed_body(request, data, trailer):
    """One chunk, the last, and the trailer as minio-go frames them."""
    amz, scope = request.headers["X-Amz-Date"], request.headers["Authorization"].split("Credential=")[1].split(",")[0].partition("/")[2]
    previous, key = request.headers["Authorization"].split("Signature=")[1], b"AWS4" + rondo.SECRET.encode()
    for word in scope.split("/"):
        key = hmac.new(key, word.encode(), hashlib.sha256).digest()

    def sign(kind, *rest):
        nonlocal previous
        previous = hmac.new(key, "\n".join([f"AWS4-HMAC-SHA256-{kind}", amz, scope, previous, *rest]).encode(), hashlib.sha256).hexdigest()
        return previous.encode()

    body = b""
    for chunk in (data, b""):
        signature = sign("PAYLOAD", hashlib.sha256(b"").hexdigest(), hashlib.sha256(chunk).hexdigest())
        body += b"%x;chunk-signature=%s\r\n%s" % (len(chunk), signature, chunk + b"\r\n" if chunk else b"")
    covered = trailer + b"\n"
    return body + covered + b"\r\nx-amz-trailer-signature:" + sign("TRAILER", hashlib.sha256(covered).hexdigest()) + b"\r\n\r\n"


@pytest.mark.parametrize("good", [True, False])
def test_trailers_as_minio_go_frames_them(server, s3, bucket, good):
    data = b"hello" if good else b"jello"
    trailer = b"x-amz-checksum-crc32:" + base64.b64encode(zlib.crc32(b"hello").to_bytes(4, "big"))
    lines = [("content-encoding", "aws-chunked"), ("x-amz-decoded-content-length", "5"), ("x-amz-trailer", "x-amz-checksum-crc32")]
    unsigned = b"5\r\n" + data + b"\r\n0\r\n" + trailer + b"\n\r\n\r\n"
    answer = send(server, "PUT", f"/{bucket}/a", lines, unsigned, payload="STREAMING-UNSIGNED-PAYLOAD-TRAILER")
    assert answer[0] == (200 if good else 400) and (good or b"BadDigest" in answer[2]), answer
    request = AWSRequest("PUT", f"{server.endpoint}/{bucket}/b", headers={**dict(lines), "x-amz-content-sha256": TRAILER})
    auth = S3SigV4Auth(ROOT, "s3", "us-east-1")
    auth.payload = lambda _: TRAILER
    auth.add_auth(request)
    answer = requests.put(request.url, signed_body(request, data, trailer), headers=dict(request.headers), timeout=30)
    assert answer.status_code == (200 if good else 400), answer.text
    for key in "ab" if good else "":
        assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == b"hello"


def post(s3, bucket, key, *behind, conditions=(), file=b"data", **fields):
    """A browser's form, with fields behind its file."""
    signed = s3.generate_presigned_post(bucket, key, Fields=fields, Conditions=[*conditions, *({n: v} for n, v in fields.items())])
    parts = [(f'name="{name}"', value.encode()) for name, value in signed["fields"].items()]
    parts += [('name="file"; filename="f"', file), *behind]
    body = b"".join(b"--B\r\nContent-Disposition: form-data; %s\r\n\r\n%s\r\n" % (head.encode(), value) for head, value in parts)
    return requests.post(signed["url"], body + b"--B--\r\n", headers={"Content-Type": "multipart/form-data; boundary=B"}, timeout=30)


@pytest.mark.parametrize("behind", [('name="x-unknown"', b"v"), ('name="submit"', b""), ('name="key"', b"other"),
                                    ('name="file"; filename="g"', b"other"), ('name="policy"', b"e30=")])
def test_fields_behind_a_forms_file_are_ignored(s3, bucket, behind):
    for size in (0, 5, 100_000):
        assert post(s3, bucket, "a", behind, behind, file=b"d" * size).status_code == 204
        assert s3.get_object(Bucket=bucket, Key="a")["Body"].read() == b"d" * size
    assert [entry["Key"] for entry in s3.list_objects_v2(Bucket=bucket)["Contents"]] == ["a"]


@pytest.mark.parametrize("encryption", [{}, {"x-amz-server-side-encryption": "aws:kms:dsse"}])
def test_fields_behind_a_large_forms_file_are_ignored(s3, bucket, encryption):
    large = os.urandom(3 << 19)
    for key, behind in ("a", ()), ("b", [('name="submit"', b"")]), ("c", [('name="x"', b"v" * 30_000)] * 2):
        assert post(s3, bucket, key, *behind, file=large, **encryption).status_code == 204
        found = s3.get_object(Bucket=bucket, Key=key, ChecksumMode="ENABLED")
        assert found["Body"].read() == large and found["ContentLength"] == len(large)
        assert s3.get_object(Bucket=bucket, Key=key, Range="bytes=-70000")["Body"].read() == large[-70000:]
        s3.copy_object(Bucket=bucket, Key=key + "2", CopySource=f"{bucket}/{key}")
        assert s3.get_object(Bucket=bucket, Key=key + "2")["Body"].read() == large
    answer = post(s3, bucket, "d", ('name="x"', b"v" * 70_000), file=large, **encryption)
    assert answer.status_code == 400 and "MalformedPOSTRequest" in answer.text


@pytest.mark.parametrize("least, most, code", [(3_000_000, 3_000_000, None), (1, 2_999_999, "EntityTooLarge"), (3_000_001, 9_000_000, "EntityTooSmall"),
                                               (1, 2_000_000, "EntityTooLarge"), (4_000_000, 9_000_000, "EntityTooSmall")])
def test_a_large_forms_length_is_its_files(s3, bucket, least, most, code):
    answer = post(s3, bucket, "a", ('name="submit"', b"v" * 1000), conditions=[["content-length-range", least, most]], file=b"d" * 3_000_000)
    assert answer.status_code == (400 if code else 204) and (not code or f"<Code>{code}</Code>" in answer.text), answer.text
    assert ("Contents" in s3.list_objects_v2(Bucket=bucket)) == (code is None)


def test_a_forms_location_is_a_url_that_reads_it(s3, bucket):
    answer = post(s3, bucket, "dir/a b+é.txt", success_action_status="201")
    assert answer.status_code == 201 and f"<Location>{answer.headers['Location']}</Location>" in answer.text
    host, _, path = answer.headers["Location"].partition("/" + bucket)
    assert host == s3.meta.endpoint_url and urllib.parse.unquote(path) == "/dir/a b+é.txt"
    assert post(s3, bucket, "a").headers["Location"] == f"{host}/{bucket}/a"


@pytest.mark.parametrize("types, status", [("text/a, text/b", 204), ("text/a, image/b", 403), ("text/a,", 403), ("", 403)])
def test_each_type_of_a_forms_list_meets_its_condition(s3, bucket, types, status):
    signed = s3.generate_presigned_post(bucket, "a", Fields={}, Conditions=[["starts-with", "$Content-Type", "text/"]])
    fields = dict(signed["fields"], **{"content-type": types})
    assert requests.post(signed["url"], fields, files=dict(file=b"x"), timeout=30).status_code == status
