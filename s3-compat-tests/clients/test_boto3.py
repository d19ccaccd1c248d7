"""boto3 against Rondo: the calls that programs make, bytes compared by hash."""
import concurrent.futures, hashlib, io, random, re, uuid
import boto3, pytest, requests, rondo
from botocore import handlers
from botocore.config import Config
from botocore.exceptions import ClientError
from conftest import connect


@pytest.fixture
def bucket(s3):
    name = f"boto-{uuid.uuid4()}"
    s3.create_bucket(Bucket=name)
    yield name
    for page in s3.get_paginator("list_objects_v2").paginate(Bucket=name):
        for entry in page.get("Contents", []):
            s3.delete_object(Bucket=name, Key=entry["Key"])
    s3.delete_bucket(Bucket=name)


def code(call, *arguments, **named):
    with pytest.raises(ClientError) as error:
        call(*arguments, **named)
    return error.value.response["Error"]["Code"]


@pytest.mark.parametrize("size", [0, 1, 16384, 16385, 4 << 20, (4 << 20) + 1, 9_999_999])
def test_bytes_come_back_as_they_went(s3, bucket, size):
    body = random.Random(size).randbytes(size)
    put = s3.put_object(Bucket=bucket, Key="k", Body=body, Metadata={"a": "1"}, ContentType="x/y")
    got = s3.get_object(Bucket=bucket, Key="k")
    assert hashlib.sha256(got["Body"].read()).digest() == hashlib.sha256(body).digest()
    assert got["ETag"] == put["ETag"] == f'"{hashlib.md5(body).hexdigest()}"'
    assert got["Metadata"] == {"a": "1"} and got["ContentType"] == "x/y" and got["ContentLength"] == size
    if size > 2:
        part = s3.get_object(Bucket=bucket, Key="k", Range=f"bytes=1-{size - 2}")
        assert part["Body"].read() == body[1:-1]


@pytest.mark.parametrize("algorithm", ["CRC32", "SHA1", "SHA256"])
def test_checksums_are_kept(s3, bucket, algorithm):
    put = s3.put_object(Bucket=bucket, Key="k", Body=b"hello" * 9999, ChecksumAlgorithm=algorithm)
    head = s3.head_object(Bucket=bucket, Key="k", ChecksumMode="ENABLED")
    assert head[f"Checksum{algorithm}"] == put[f"Checksum{algorithm}"]


@pytest.mark.parametrize("key", ["a b", "a+b", "ü/ж/語", "a//b", "%41", "?x=y", "a/./b", "..", "\u0001", "'\"<>&", "x" * 1024])
def test_keys_with_odd_characters(s3, bucket, key):
    s3.put_object(Bucket=bucket, Key=key, Body=key.encode())
    assert s3.get_object(Bucket=bucket, Key=key)["Body"].read() == key.encode()
    listed = s3.list_objects_v2(Bucket=bucket)["Contents"]
    assert [entry["Key"] for entry in listed] == [key]


def test_a_key_of_1025_bytes_is_refused(s3, bucket):
    assert code(s3.put_object, Bucket=bucket, Key="x" * 1025, Body=b"") == "KeyTooLongError"


def test_multipart(s3, bucket):
    data = random.Random(3).randbytes(17 << 20)
    upload = s3.create_multipart_upload(Bucket=bucket, Key="m")["UploadId"]
    size = 6 << 20
    parts = []
    for number, start in enumerate(range(0, len(data), size), 1):
        tag = s3.upload_part(Bucket=bucket, Key="m", UploadId=upload, PartNumber=number, Body=data[start:start + size])
        parts.append(dict(PartNumber=number, ETag=tag["ETag"]))
    assert len(s3.list_parts(Bucket=bucket, Key="m", UploadId=upload)["Parts"]) == 3
    done = s3.complete_multipart_upload(Bucket=bucket, Key="m", UploadId=upload, MultipartUpload=dict(Parts=parts))
    again = s3.complete_multipart_upload(Bucket=bucket, Key="m", UploadId=upload, MultipartUpload=dict(Parts=parts))
    assert done["ETag"] == again["ETag"] and done["ETag"].endswith('-3"')
    assert s3.get_object(Bucket=bucket, Key="m")["Body"].read() == data
    copied = s3.copy_object(Bucket=bucket, Key="c", CopySource=dict(Bucket=bucket, Key="m"))
    s3.delete_object(Bucket=bucket, Key="m")
    assert s3.get_object(Bucket=bucket, Key="c")["Body"].read() == data
    assert "CopyObjectResult" in copied


def test_listing_walks_pages_and_prefixes(s3, bucket):
    keys = sorted(f"{a}/{b:03}" for a in "xyz" for b in range(50))
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda key: s3.put_object(Bucket=bucket, Key=key, Body=b"1"), keys))
    pages = s3.get_paginator("list_objects_v2").paginate(Bucket=bucket, PaginationConfig=dict(PageSize=7))
    assert [entry["Key"] for page in pages for entry in page["Contents"]] == keys
    top = s3.list_objects_v2(Bucket=bucket, Delimiter="/")
    assert [entry["Prefix"] for entry in top["CommonPrefixes"]] == ["x/", "y/", "z/"] and "Contents" not in top


def test_one_of_many_conditional_puts_wins(server, s3, bucket):
    clients = [connect(endpoint, attempts=1) for endpoint in getattr(server, "endpoints", [server.endpoint])]

    def attempt(n):
        try:
            clients[n % len(clients)].put_object(Bucket=bucket, Key="once", Body=str(n).encode(), IfNoneMatch="*")
            return n
        except ClientError as error:
            assert error.response["Error"]["Code"] in ("PreconditionFailed", "ConditionalRequestConflict"), error
            return None
    with concurrent.futures.ThreadPoolExecutor(24) as pool:
        winners = [n for n in pool.map(attempt, range(60)) if n is not None]
    assert len(winners) <= 1
    assert s3.get_object(Bucket=bucket, Key="once")["Body"].read().decode() == str(winners[0])


def test_a_browser_form(s3, bucket):
    body = random.Random(8).randbytes(300_000)
    form = s3.generate_presigned_post(bucket, "form/${filename}", Conditions=[["content-length-range", 1, 1 << 20]])
    answer = requests.post(form["url"], data=form["fields"], files=dict(file=("a b.bin", body)), timeout=30)
    assert answer.status_code == 204, answer.text
    assert s3.get_object(Bucket=bucket, Key="form/a b.bin")["Body"].read() == body
    form["fields"]["x-amz-signature"] = "0" * 64
    answer = requests.post(form["url"], data=form["fields"], files=dict(file=("a", body)), timeout=30)
    assert answer.status_code == 403 and "SignatureDoesNotMatch" in answer.text


def test_what_is_not_there_says_so(s3, bucket):
    assert code(s3.get_object_torrent, Bucket=bucket, Key="none") == "NotImplemented"
    assert code(s3.get_object, Bucket=bucket, Key="none") == "NoSuchKey"
    assert code(s3.get_object, Bucket=f"none-{uuid.uuid4()}", Key="none") == "NoSuchBucket"


def test_a_wrong_secret_is_refused(server):
    client = connect(server.endpoint)
    client._request_signer._credentials.secret_key = "x" * 40
    assert code(client.list_buckets) == "SignatureDoesNotMatch"


def test_versions_and_markers_are_listed_in_one_order(s3):
    name = f"boto-{uuid.uuid4()}"
    s3.create_bucket(Bucket=name)
    s3.put_bucket_versioning(Bucket=name, VersioningConfiguration={"Status": "Enabled"})
    for key in ("a", "b"):
        s3.put_object(Bucket=name, Key=key, Body=b"1")
        s3.delete_object(Bucket=name, Key=key)
    s3.put_object(Bucket=name, Key="a", Body=b"2")
    documents = []
    s3.meta.events.register("after-call.s3.ListObjectVersions", lambda http_response, **_: documents.append(http_response.content))
    s3.list_object_versions(Bucket=name)
    s3.list_object_versions(Bucket=name, MaxKeys=3)
    kinds = [[(one.decode(), key.decode()) for one, key in re.findall(rb"<(Version|DeleteMarker)><Key>(.)<", document)] for document in documents]
    assert kinds[0] == [("Version", "a"), ("DeleteMarker", "a"), ("Version", "a"), ("DeleteMarker", "b"), ("Version", "b")]
    assert kinds[1] == kinds[0][:3]


def test_the_last_bytes_of_an_empty_object_are_all_of_it(s3, bucket):
    s3.put_object(Bucket=bucket, Key="empty", Body=b"")
    got = s3.get_object(Bucket=bucket, Key="empty", Range="bytes=-1")
    assert got["ResponseMetadata"]["HTTPStatusCode"] == 200 and got["ContentLength"] == 0
    assert code(s3.get_object, Bucket=bucket, Key="empty", Range="bytes=0-") == "InvalidRange"


@pytest.mark.parametrize("algorithm", ["CRC32", "CRC32C", "SHA1", "SHA256"])
def test_each_part_of_a_composite_checksum_has_its_own(s3, bucket, algorithm):
    upload = s3.create_multipart_upload(Bucket=bucket, Key="k", ChecksumAlgorithm=algorithm, ChecksumType="COMPOSITE")["UploadId"]
    bare = connect(s3.meta.endpoint_url, request_checksum_calculation="when_required")
    assert code(bare.upload_part, Bucket=bucket, Key="k", UploadId=upload, PartNumber=1, Body=b"x") == "InvalidRequest"
    s3.abort_multipart_upload(Bucket=bucket, Key="k", UploadId=upload)


def test_pages_of_uploads_go_on_behind_an_upload_that_has_ended(s3, bucket):
    for key in ("a", "a", "b"):
        s3.create_multipart_upload(Bucket=bucket, Key=key)
    seen, marker = [], {}
    while True:
        page = s3.list_multipart_uploads(Bucket=bucket, MaxUploads=1, **marker)
        for one in page["Uploads"]:
            s3.abort_multipart_upload(Bucket=bucket, Key=one["Key"], UploadId=one["UploadId"])
            seen.append(one["Key"])
        if not page["IsTruncated"]:
            break
        marker = {"KeyMarker": page["NextKeyMarker"], "UploadIdMarker": page["NextUploadIdMarker"]}
    assert seen == ["a", "a", "b"]


@pytest.mark.parametrize("operation", ["get_object", "head_object", "put_object", "list_objects_v2", "head_bucket"])
def test_a_client_of_another_region_finds_the_right_one(server, s3, bucket, operation):
    """boto3 goes by x-amz-bucket-region, also of a refused HEAD, which has no document."""
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    elsewhere = boto3.client("s3", endpoint_url=server.endpoint, aws_access_key_id=rondo.ACCESS,
                             aws_secret_access_key=rondo.SECRET, region_name="eu-west-1",
                             config=Config(s3=dict(addressing_style="path"), signature_version="s3v4"))
    named = dict(Bucket=bucket, Key="k") if operation.endswith("object") else dict(Bucket=bucket)
    assert getattr(elsewhere, operation)(**named)["ResponseMetadata"]["HTTPStatusCode"] == 200


@pytest.mark.parametrize("key", ["a\x01b", "a\x1fb", "a\x7fb", "a\ufffeb", "a\uffffb"])
def test_documents_stay_legible_whatever_keys_are_called(s3, bucket, key):
    """By clients that don't ask for encoding-type=url, and in documents that have no such thing."""
    s3.meta.events.unregister("before-parameter-build.s3.ListObjectsV2", handlers.set_list_objects_encoding_type_url)
    s3.meta.events.unregister("before-parameter-build.s3.ListObjectVersions", handlers.set_list_objects_encoding_type_url)
    s3.put_object(Bucket=bucket, Key=key, Body=b"x")
    upload = s3.create_multipart_upload(Bucket=bucket, Key=key)["UploadId"]
    told = [s3.list_objects_v2(Bucket=bucket)["Contents"][0]["Key"], s3.list_object_versions(Bucket=bucket)["Versions"][0]["Key"],
            s3.list_multipart_uploads(Bucket=bucket)["Uploads"][0]["Key"],
            s3.list_parts(Bucket=bucket, Key=key, UploadId=upload)["Key"],
            s3.list_objects_v2(Bucket=bucket, Delimiter="b")["CommonPrefixes"][0]["Prefix"]]
    s3.abort_multipart_upload(Bucket=bucket, Key=key, UploadId=upload)
    assert told == ["a\x7fb" if key == "a\x7fb" else "a\ufffdb"] * 5
    with pytest.raises(ClientError) as refused:
        s3.get_object(Bucket=bucket, Key=key + "x")
    assert refused.value.response["Error"]["Key"] == told[0] + "x"
    s3.delete_object(Bucket=bucket, Key=key)
