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


CONFLICT = "ConditionalRequestConflict"
LOST = {"won", "PreconditionFailed", CONFLICT}

# A machine that is too busy may not learn an outcome in time, and says so; the write may have won.
UNKNOWN = "ServiceUnavailable"


def race(gateways, attempt, clients=CLIENTS, lost=LOST, nameless=False):
    """The number of the one client that won, of many that start at once.

    Where none was told that it won, the numbers of the few whose outcome is unknown: one of them did.
    nameless: deletions that leave no version may be among them. A client whose deletion was completed by
    another one can't tell it from the other's own, and gets a conflict. Where nothing else won, the
    numbers of those with a conflict are returned: one of them did.
    """
    with concurrent.futures.ThreadPoolExecutor(clients) as pool:
        start = time.monotonic() + 0.5

        def one(number):
            time.sleep(max(0.0, start - time.monotonic()))
            return attempt(gateways[number % len(gateways)], number)

        outcomes = list(pool.map(one, range(clients)))
    counts = collections.Counter(outcomes)
    assert set(counts) <= lost | {UNKNOWN} and counts[UNKNOWN] <= clients // 4, counts
    ended = "won" if counts["won"] else CONFLICT if nameless else UNKNOWN
    best = [n for n, got in enumerate(outcomes) if got == ended]
    assert len(best) == 1 or (best and not counts["won"]), counts
    return best


@pytest.mark.parametrize("size", [10, 100_000])
def test_exactly_one_of_hundreds_creates_an_object(gateways, bucket, size):
    def body(number):
        return random.Random(number).randbytes(size)

    winners = race(gateways, lambda s3, n: outcome(
        s3.put_object, Bucket=bucket, Key="k", Body=body(n), IfNoneMatch="*"))
    for gateway in gateways:
        assert gateway.get_object(Bucket=bucket, Key="k")["Body"].read() in [body(n) for n in winners]


def test_exactly_one_of_hundreds_replaces_the_object_that_it_saw(gateways, bucket):
    etag = gateways[0].put_object(Bucket=bucket, Key="k", Body=b"first")["ETag"]
    winners = race(gateways, lambda s3, n: outcome(
        s3.put_object, Bucket=bucket, Key="k", Body=b"%d" % n, IfMatch=etag))
    assert gateways[1].get_object(Bucket=bucket, Key="k")["Body"].read() in [b"%d" % n for n in winners]


def test_exactly_one_version_is_made_where_none_may_be_there(gateways, bucket):
    gateways[0].put_bucket_versioning(Bucket=bucket, VersioningConfiguration=dict(Status="Enabled"))
    gateways[0].put_object(Bucket=bucket, Key="k", Body=b"old")
    gateways[0].delete_object(Bucket=bucket, Key="k")
    race(gateways, lambda s3, n: outcome(
        s3.put_object, Bucket=bucket, Key="k", Body=b"%d" % n, IfNoneMatch="*"))
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


def copying(s3, bucket, number):
    s3.put_object(Bucket=bucket, Key=f"from-{number}", Body=b"copy %d" % number)
    return lambda **condition: outcome(s3.copy_object, Bucket=bucket, Key="k", CopySource=f"{bucket}/from-{number}", **condition)


def completing(s3, bucket, number):
    upload = dict(Bucket=bucket, Key="k", UploadId=s3.create_multipart_upload(Bucket=bucket, Key="k")["UploadId"])
    etag = s3.upload_part(**upload, PartNumber=1, Body=b"upload %d" % number)["ETag"]
    parts = dict(Parts=[dict(PartNumber=1, ETag=etag)])
    return lambda **condition: outcome(s3.complete_multipart_upload, **upload, MultipartUpload=parts, **condition)


def deleting(s3, bucket, number):
    return lambda **condition: outcome(s3.delete_object, Bucket=bucket, Key="k", **condition)


def deleting_in_a_list(s3, bucket, number):
    def delete(IfMatch):
        told = s3.delete_objects(Bucket=bucket, Delete=dict(Objects=[dict(Key="k", ETag=IfMatch)]))
        return told["Errors"][0]["Code"] if "Errors" in told else "won"

    return delete


KINDS = dict(copy=copying, completion=completing, deletion=deleting, list=deleting_in_a_list)


def now(s3, bucket):
    """What is there, as its writer named it; None for nothing."""
    try:
        return s3.get_object(Bucket=bucket, Key="k")["Body"].read().decode()
    except ClientError as error:
        assert error.response["Error"]["Code"] == "NoSuchKey", error
        return None


@pytest.mark.parametrize("kind", ["copy", "completion"])
def test_exactly_one_copy_or_completion_makes_an_object(gateways, bucket, kind):
    attempts = [KINDS[kind](gateways[n % 3], bucket, n) for n in range(60)]
    winners = race(gateways, lambda s3, n: attempts[n](IfNoneMatch="*"), clients=60)
    left = {now(s3, bucket) for s3 in gateways}
    assert len(left) == 1 and left <= {f"{kind.replace('completion', 'upload')} {n}" for n in winners}


@pytest.mark.parametrize("versions", [False, True])
@pytest.mark.parametrize("kinds", [[kind] for kind in KINDS] + [list(KINDS)])
def test_of_all_that_change_what_they_saw_exactly_one_does(gateways, bucket, kinds, versions):
    if versions:
        gateways[0].put_bucket_versioning(Bucket=bucket, VersioningConfiguration=dict(Status="Enabled"))
    for base in range(2):
        etag = gateways[0].put_object(Bucket=bucket, Key="k", Body=b"base %d" % base)["ETag"]
        attempts = [KINDS[kinds[n % len(kinds)]](gateways[n % 3], bucket, n) for n in range(40)]
        winners = race(gateways, lambda s3, n: attempts[n](IfMatch=etag), clients=40, lost=LOST | {"NoSuchKey"},
                       nameless=not versions and {"deletion", "list"} & set(kinds))
        left = [{"copy": f"copy {n}", "completion": f"upload {n}"}.get(kinds[n % len(kinds)]) for n in winners]
        found = {now(s3, bucket) for s3 in gateways}
        assert len(found) == 1 and found <= set(left)
    if versions:
        there = gateways[1].list_object_versions(Bucket=bucket, Prefix="k")
        assert len(there["Versions"] + there.get("DeleteMarkers", [])) == 4


@pytest.mark.parametrize("versions", ["Suspended", "Enabled"])
@pytest.mark.parametrize("kind", ["deletion", "list"])
def test_exactly_one_deletes_whatever_is_there(gateways, bucket, kind, versions):
    gateways[0].put_bucket_versioning(Bucket=bucket, VersioningConfiguration=dict(Status=versions))
    gateways[0].put_object(Bucket=bucket, Key="k", Body=b"a")
    attempts = [KINDS[kind](gateways[n % 3], bucket, n) for n in range(40)]
    race(gateways, lambda s3, n: attempts[n](IfMatch="*"), clients=40, lost=LOST | {"NoSuchKey"})
    assert len(gateways[1].list_object_versions(Bucket=bucket)["DeleteMarkers"]) == 1


def test_a_completion_holds_for_what_was_there_when_the_upload_began(gateways, bucket):
    s3 = gateways[0]
    etag = s3.put_object(Bucket=bucket, Key="k", Body=b"same")["ETag"]
    attempts = [completing(gateways[n % 3], bucket, n) for n in range(3)]
    gateways[1].put_object(Bucket=bucket, Key="k", Body=b"same")
    assert [one(IfMatch=etag) for one in attempts] == ["ConditionalRequestConflict"] * 3
    assert completing(s3, bucket, 3)(IfMatch=etag) == "won"
    attempts = [completing(gateways[n % 3], bucket, n) for n in range(3)]
    gateways[2].delete_object(Bucket=bucket, Key="k")
    assert [one(IfNoneMatch="*") for one in attempts] == ["ConditionalRequestConflict"] * 3
    assert now(s3, bucket) is None
    assert completing(s3, bucket, 4)(IfNoneMatch="*") == "won"
    assert now(s3, bucket) == "upload 4"
