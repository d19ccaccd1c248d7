"""Conditions on what is read, copied and deleted; those on writes that race are in test_conditions.py."""
import datetime, uuid
import pytest
from botocore.exceptions import ClientError

PAST = datetime.datetime(2000, 1, 1, tzinfo=datetime.timezone.utc)
FUTURE = datetime.datetime(2100, 1, 1, tzinfo=datetime.timezone.utc)


@pytest.fixture
def bucket(s3):
    name = f"conditions-{uuid.uuid4()}"
    s3.create_bucket(Bucket=name)
    return name


@pytest.fixture
def etag(s3, bucket):
    return s3.put_object(Bucket=bucket, Key="k", Body=b"it")["ETag"]


def status(call, **arguments):
    try:
        return call(**arguments)["ResponseMetadata"]["HTTPStatusCode"]
    except ClientError as error:
        return error.response["ResponseMetadata"]["HTTPStatusCode"]


@pytest.mark.parametrize("operation", ["get_object", "head_object"])
def test_reads(s3, bucket, etag, operation):
    def read(**conditions):
        return status(getattr(s3, operation), Bucket=bucket, Key="k", **conditions)

    assert read(IfMatch=etag) == 200
    assert read(IfMatch='"other"') == 412
    assert read(IfMatch=f'"other", {etag}') == 200
    assert read(IfNoneMatch=etag) == 304
    assert read(IfNoneMatch="*") == 304
    assert read(IfNoneMatch='"other"') == 200
    assert read(IfModifiedSince=PAST) == 200
    assert read(IfModifiedSince=datetime.datetime.now(datetime.timezone.utc)) == 304
    assert read(IfUnmodifiedSince=PAST) == 412
    assert read(IfUnmodifiedSince=FUTURE) == 200
    # An entity tag decides over a date (RFC 9110, section 13.2.2).
    assert read(IfMatch=etag, IfUnmodifiedSince=PAST) == 200
    assert read(IfNoneMatch=etag, IfModifiedSince=PAST) == 304
    assert read(IfNoneMatch='"other"', IfModifiedSince=FUTURE) == 200


@pytest.mark.parametrize("operation", ["copy_object", "upload_part_copy"])
def test_copy_sources(s3, bucket, etag, operation):
    more = {}
    if operation == "upload_part_copy":
        more = dict(UploadId=s3.create_multipart_upload(Bucket=bucket, Key="to")["UploadId"], PartNumber=1)

    def copy(**conditions):
        return status(getattr(s3, operation), Bucket=bucket, Key="to", CopySource=dict(Bucket=bucket, Key="k"),
                      **more, **{f"CopySource{name}": value for name, value in conditions.items()})

    assert copy(IfMatch=etag) == 200
    assert copy(IfMatch='"other"') == 412
    assert copy(IfNoneMatch=etag) == 412
    assert copy(IfNoneMatch='"other"') == 200
    assert copy(IfModifiedSince=PAST) == 200
    assert copy(IfUnmodifiedSince=PAST) == 412
    assert copy(IfUnmodifiedSince=FUTURE) == 200
    assert copy(IfMatch=etag, IfUnmodifiedSince=PAST) == 200


def test_each_object_of_a_list_is_deleted_under_its_own(s3, bucket, etag):
    other = s3.put_object(Bucket=bucket, Key="other", Body=b"other")["ETag"]
    answer = s3.delete_objects(Bucket=bucket, Delete=dict(Objects=[
        dict(Key="k", ETag=other), dict(Key="other", ETag=other), dict(Key="none", ETag=other)]))
    assert {e["Key"]: e["Code"] for e in answer["Errors"]} == {"k": "PreconditionFailed", "none": "NoSuchKey"}
    assert [d["Key"] for d in answer["Deleted"]] == ["other"]
    assert [o["Key"] for o in s3.list_objects_v2(Bucket=bucket)["Contents"]] == ["k"]


def test_a_delete_marker_is_no_object(s3, bucket, etag):
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration=dict(Status="Enabled"))
    s3.delete_object(Bucket=bucket, Key="k")
    assert status(s3.put_object, Bucket=bucket, Key="k", Body=b"x", IfMatch=etag) == 404
    assert status(s3.get_object, Bucket=bucket, Key="k", IfMatch=etag) == 404
    assert status(s3.copy_object, Bucket=bucket, Key="to", CopySource=dict(Bucket=bucket, Key="k"),
                  CopySourceIfMatch=etag) == 404
    assert status(s3.put_object, Bucket=bucket, Key="k", Body=b"x", IfNoneMatch="*") == 200
    assert status(s3.put_object, Bucket=bucket, Key="k", Body=b"x", IfNoneMatch="*") == 412
