"""Operations and options that S3 got lately, or has in directory buckets, as boto3 asks for them."""
import datetime, uuid
import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def bucket(s3):
    name = f"newer-{uuid.uuid4()}"
    s3.create_bucket(Bucket=name)
    return name


def refused(call, **arguments):
    with pytest.raises(ClientError) as error:
        call(**arguments)
    return error.value.response["Error"]["Code"]


def body(s3, bucket, key, **more):
    return s3.get_object(Bucket=bucket, Key=key, **more)["Body"].read()


def test_append(s3, bucket):
    s3.put_object(Bucket=bucket, Key="log", Body=b"one ", WriteOffsetBytes=0)
    assert s3.put_object(Bucket=bucket, Key="log", Body=b"two", WriteOffsetBytes=4)["Size"] == 7
    assert refused(s3.put_object, Bucket=bucket, Key="log", Body=b"x", WriteOffsetBytes=4) == "InvalidWriteOffset"
    assert body(s3, bucket, "log") == b"one two"


def test_rename(s3, bucket):
    s3.put_object(Bucket=bucket, Key="old name", Body=b"it", Metadata=dict(a="b"))
    s3.rename_object(Bucket=bucket, Key="new/name", RenameSource="old%20name", DestinationIfNoneMatch="*",
                     ClientToken="once")
    s3.rename_object(Bucket=bucket, Key="new/name", RenameSource="old%20name", DestinationIfNoneMatch="*",
                     ClientToken="once")
    assert s3.get_object(Bucket=bucket, Key="new/name")["Metadata"] == dict(a="b")
    assert refused(s3.get_object, Bucket=bucket, Key="old name") == "NoSuchKey"
    assert refused(s3.rename_object, Bucket=bucket, Key="else", RenameSource="old%20name") == "NoSuchKey"


def test_website_settings(s3, bucket):
    assert refused(s3.get_bucket_website, Bucket=bucket) == "NoSuchWebsiteConfiguration"
    settings = dict(IndexDocument=dict(Suffix="index.html"), ErrorDocument=dict(Key="e"), RoutingRules=[dict(
        Condition=dict(KeyPrefixEquals="x/", HttpErrorCodeReturnedEquals="404"),
        Redirect=dict(ReplaceKeyPrefixWith="y/", HttpRedirectCode="302"))])
    s3.put_bucket_website(Bucket=bucket, WebsiteConfiguration=settings)
    told = s3.get_bucket_website(Bucket=bucket)
    assert {name: told[name] for name in settings} == settings
    s3.delete_bucket_website(Bucket=bucket)
    assert refused(s3.get_bucket_website, Bucket=bucket) == "NoSuchWebsiteConfiguration"


def test_archives(s3, bucket):
    s3.put_object(Bucket=bucket, Key="cold", Body=b"cold", StorageClass="GLACIER")
    assert refused(s3.get_object, Bucket=bucket, Key="cold") == "InvalidObjectState"
    asked = dict(Bucket=bucket, OptionalObjectAttributes=["RestoreStatus"])
    assert "RestoreStatus" not in s3.list_objects_v2(**asked)["Contents"][0]
    s3.restore_object(Bucket=bucket, Key="cold", RestoreRequest=dict(
        Days=1, GlacierJobParameters=dict(Tier="Standard")))
    assert 'ongoing-request="false"' in s3.head_object(Bucket=bucket, Key="cold")["Restore"]
    assert body(s3, bucket, "cold") == b"cold"
    for listed in (s3.list_objects(**asked)["Contents"], s3.list_objects_v2(**asked)["Contents"],
                   s3.list_object_versions(**asked)["Versions"]):
        assert listed[0]["RestoreStatus"]["IsRestoreInProgress"] is False
        assert listed[0]["RestoreStatus"]["RestoreExpiryDate"].hour == 0
    assert "RestoreStatus" not in s3.list_objects_v2(Bucket=bucket)["Contents"][0]


@pytest.mark.parametrize("algorithm, value", [
    ("XXHASH3", "eK9flIkvOVA="), ("XXHASH128", "BrBatnM6YYV4r1+UiS85UA=="), ("XXHASH64", "RLws9a13CZk=")])
def test_newer_checksums(s3, bucket, algorithm, value):
    name = f"Checksum{algorithm}"
    if name not in s3.meta.service_model.shape_for("PutObjectRequest").members:
        pytest.skip("this boto3 doesn't know it")
    s3.put_object(Bucket=bucket, Key="k", Body=b"abc", **{name: value})
    told = s3.get_object_attributes(Bucket=bucket, Key="k", ObjectAttributes=["Checksum"])
    assert told["Checksum"][name] == value
    assert refused(s3.put_object, Bucket=bucket, Key="k", Body=b"abd", **{name: value}) == "BadDigest"


def test_two_layers_of_encryption(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=bytes(range(256)) * 400, ServerSideEncryption="aws:kms:dsse")
    assert body(s3, bucket, "k", Range="bytes=65530-65540") == bytes((65530 + i) % 256 for i in range(11))
    assert s3.head_object(Bucket=bucket, Key="k")["ServerSideEncryption"] == "aws:kms:dsse"


def test_locks_are_told(s3):
    name = f"locked-{uuid.uuid4()}"
    s3.create_bucket(Bucket=name, ObjectLockEnabledForBucket=True)
    until = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0) + datetime.timedelta(minutes=5)
    put = s3.put_object(Bucket=name, Key="k", Body=b"k", ObjectLockMode="GOVERNANCE", ObjectLockRetainUntilDate=until)
    head = s3.head_object(Bucket=name, Key="k")
    assert (head["ObjectLockMode"], head["ObjectLockRetainUntilDate"]) == ("GOVERNANCE", until)
    s3.delete_object(Bucket=name, Key="k", VersionId=put["VersionId"], BypassGovernanceRetention=True)
