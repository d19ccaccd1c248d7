"""Writes under conditions: many clients at once over three gateways, and each operation that has them."""
import collections, concurrent.futures, random, time, uuid
import pytest
import rondo
from botocore.exceptions import ClientError
from conftest import connect

CLIENTS = 300


@pytest.fixture(scope="module")
def cluster(tmp_path_factory):
    process = rondo.Cluster(tmp_path_factory.mktemp("cluster"), rondo.free_base_port()).wait_until_ready()
    try:
        yield process
    finally:
        process.stop()


@pytest.fixture
def gateways(cluster):
    return [connect(endpoint, attempts=1) for endpoint in cluster.endpoints]


@pytest.fixture
def bucket(gateways):
    name = f"race-{uuid.uuid4()}"
    gateways[0].create_bucket(Bucket=name)
    return name


def outcome(call, **arguments):
    """"won", or the code of the refusal."""
    try:
        call(**arguments)
        return "won"
    except ClientError as error:
        return error.response["Error"]["Code"]


def race(gateways, attempt):
    """What each of many clients got, who all started at once; and the winners' numbers."""
    with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
        start = time.monotonic() + 0.5

        def one(number):
            time.sleep(max(0.0, start - time.monotonic()))
            return attempt(gateways[number % len(gateways)], number)

        outcomes = list(pool.map(one, range(CLIENTS)))
    return collections.Counter(outcomes), [n for n, o in enumerate(outcomes) if o == "won"]


@pytest.mark.parametrize("size", [10, 100_000])
def test_exactly_one_of_hundreds_creates_an_object(gateways, bucket, size):
    def body(number):
        return random.Random(number).randbytes(size)

    counts, winners = race(gateways, lambda s3, n: outcome(
        s3.put_object, Bucket=bucket, Key="k", Body=body(n), IfNoneMatch="*"))
    assert set(counts) <= {"won", "PreconditionFailed", "ConditionalRequestConflict"}, counts
    assert len(winners) == 1, counts
    for gateway in gateways:
        assert gateway.get_object(Bucket=bucket, Key="k")["Body"].read() == body(winners[0])


def test_exactly_one_of_hundreds_replaces_the_object_that_it_saw(gateways, bucket):
    etag = gateways[0].put_object(Bucket=bucket, Key="k", Body=b"first")["ETag"]
    counts, winners = race(gateways, lambda s3, n: outcome(
        s3.put_object, Bucket=bucket, Key="k", Body=b"%d" % n, IfMatch=etag))
    assert set(counts) <= {"won", "PreconditionFailed", "ConditionalRequestConflict"}, counts
    assert len(winners) == 1, counts
    assert gateways[1].get_object(Bucket=bucket, Key="k")["Body"].read() == b"%d" % winners[0]


def test_exactly_one_version_is_made_where_none_may_be_there(gateways, bucket):
    gateways[0].put_bucket_versioning(Bucket=bucket, VersioningConfiguration=dict(Status="Enabled"))
    gateways[0].put_object(Bucket=bucket, Key="k", Body=b"old")
    gateways[0].delete_object(Bucket=bucket, Key="k")
    counts, winners = race(gateways, lambda s3, n: outcome(
        s3.put_object, Bucket=bucket, Key="k", Body=b"%d" % n, IfNoneMatch="*"))
    assert set(counts) <= {"won", "PreconditionFailed", "ConditionalRequestConflict"}, counts
    assert len(winners) == 1, counts
    assert len(gateways[2].list_object_versions(Bucket=bucket)["Versions"]) == 2


def test_increments_under_if_match_are_never_lost(gateways, bucket):
    gateways[0].put_object(Bucket=bucket, Key="n", Body=b"0")

    def increment(number):
        s3 = gateways[number % 3]
        while True:
            now = s3.get_object(Bucket=bucket, Key="n")
            value = int(now["Body"].read())
            if outcome(s3.put_object, Bucket=bucket, Key="n", Body=b"%d" % (value + 1), IfMatch=now["ETag"]) == "won":
                return

    with concurrent.futures.ThreadPoolExecutor(9) as pool:
        list(pool.map(increment, range(60)))
    assert int(gateways[0].get_object(Bucket=bucket, Key="n")["Body"].read()) >= 60


def test_copies_and_uploads_have_conditions_too(gateways, bucket):
    s3 = gateways[0]
    etag = s3.put_object(Bucket=bucket, Key="from", Body=b"a")["ETag"]
    source = dict(Bucket=bucket, Key="from")

    def copy(**conditions):
        return outcome(s3.copy_object, Bucket=bucket, Key="to", CopySource=source, **conditions)

    assert copy(IfMatch=etag) == "NoSuchKey"
    assert copy(IfNoneMatch="*") == "won"
    assert copy(IfNoneMatch="*") == "PreconditionFailed"
    assert copy(IfMatch='"other"') == "PreconditionFailed"
    assert copy(IfMatch=etag) == "won"
    assert copy(CopySourceIfMatch='"other"') == "PreconditionFailed"
    assert copy(CopySourceIfNoneMatch=etag) == "PreconditionFailed"

    def complete(**conditions):
        upload = s3.create_multipart_upload(Bucket=bucket, Key="to")["UploadId"]
        part = s3.upload_part(Bucket=bucket, Key="to", UploadId=upload, PartNumber=1, Body=b"b")["ETag"]
        got = outcome(s3.complete_multipart_upload, Bucket=bucket, Key="to", UploadId=upload,
                      MultipartUpload=dict(Parts=[dict(PartNumber=1, ETag=part)]), **conditions)
        if got != "won":
            s3.abort_multipart_upload(Bucket=bucket, Key="to", UploadId=upload)
        return got

    assert complete(IfNoneMatch="*") == "PreconditionFailed"
    assert complete(IfMatch='"other"') == "PreconditionFailed"
    assert complete(IfMatch=etag) == "won"
    now = s3.head_object(Bucket=bucket, Key="to")["ETag"]
    assert outcome(s3.delete_object, Bucket=bucket, Key="to", IfMatch=etag) == "PreconditionFailed"
    assert outcome(s3.delete_object, Bucket=bucket, Key="to", IfMatch=now) == "won"
    assert outcome(s3.delete_object, Bucket=bucket, Key="to", IfMatch=now) == "NoSuchKey"
    assert complete(IfMatch=now) == "NoSuchKey"
    assert complete(IfNoneMatch="*") == "won"
