"""Settings of buckets, owners that requests expect, delete markers and version ids, as boto3 and terraform ask for them."""
import datetime, re, uuid
import boto3, pytest, requests
from botocore.config import Config
from botocore.exceptions import ClientError
import recorded, rondo

OTHER, NONE = "111122223333", "0000"
ENABLED, SUSPENDED = dict(Status="Enabled"), dict(Status="Suspended")
# Operations of sub-resources that are refused before anything is looked up.
UNCHECKED = {"GetObjectTorrent", "SelectObjectContent", "UploadPartCopy", "CopyObject"}
SAMPLES = dict(Key="k", UploadId="none", PartNumber=1, Id="i", MultipartUpload=dict(Parts=[dict(PartNumber=1, ETag="e")]),
               Delete=dict(Objects=[dict(Key="k")]), Tagging=dict(TagSet=[]), Policy="{}", ACL="private",
               ObjectAttributes=["ETag"], VersioningConfiguration=ENABLED, LegalHold=dict(Status="ON"))


@pytest.fixture
def bucket(s3):
    name = f"settings-{uuid.uuid4()}"
    s3.create_bucket(Bucket=name)
    return name


@pytest.fixture
def versioned(s3, bucket):
    s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration=ENABLED)
    return bucket


def refused(call, **arguments):
    with pytest.raises(ClientError) as error:
        call(**arguments)
    told = error.value.response
    return told["ResponseMetadata"]["HTTPStatusCode"], told["Error"]["Code"], told["Error"]


def code(call, **arguments):
    return refused(call, **arguments)[:2]


def with_owner(s3):
    model = s3.meta.service_model
    for name in model.operation_names:
        shape = model.operation_model(name).input_shape
        if shape is not None and {"Bucket", "ExpectedBucketOwner"} <= set(shape.members) and name not in UNCHECKED:
            yield name, {one: SAMPLES[one] for one in SAMPLES if one in shape.members}


def outcome(s3, name, given):
    try:
        return s3._make_api_call(name, given)["ResponseMetadata"]["HTTPStatusCode"], ""
    except ClientError as refusal:
        return refusal.response["ResponseMetadata"]["HTTPStatusCode"], refusal.response["Error"]["Code"]


def test_every_operation_checks_the_owner_that_it_expects(server, bucket):
    s3 = boto3.client("s3", endpoint_url=server.endpoint, aws_access_key_id=rondo.ACCESS, region_name="us-east-1",
                      aws_secret_access_key=rondo.SECRET, config=Config(parameter_validation=False,
                                                                        s3=dict(addressing_style="path")))
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    seen = 0
    for name, given in with_owner(s3):
        for owner, status, word in (OTHER, 403, "AccessDenied"), (NONE, 400, "InvalidBucketOwnerAWSAccountID"), \
                ("", 400, "InvalidBucketOwnerAWSAccountID"), ("0" * 13, 400, "InvalidBucketOwnerAWSAccountID"):
            found = outcome(s3, name, dict(given, Bucket=bucket, ExpectedBucketOwner=owner))
            if found[0] != 501:
                seen += 1
                assert found in ((status, word), (status, str(status))), (name, owner, found)
    assert seen > 150
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"x"


def test_a_copy_checks_the_owner_of_its_source(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    upload = s3.create_multipart_upload(Bucket=bucket, Key="d")["UploadId"]
    copy = dict(Bucket=bucket, Key="d", CopySource=f"{bucket}/k")
    owner = s3.list_buckets()["Owner"]["ID"]
    for more in {}, dict(UploadId=upload, PartNumber=1):
        call = s3.upload_part_copy if more else s3.copy_object
        assert code(call, **copy, **more, ExpectedSourceBucketOwner=OTHER) == (403, "AccessDenied")
        assert code(call, **copy, **more, ExpectedSourceBucketOwner=NONE) == (400, "InvalidBucketOwnerAWSAccountID")
        call(**copy, **more, ExpectedSourceBucketOwner=owner, ExpectedBucketOwner=owner)


def test_tags_at_creation(s3):
    name = f"tagged-{uuid.uuid4()}"
    make = lambda tags, bucket=name: dict(Bucket=bucket, CreateBucketConfiguration=dict(Tags=tags))
    s3.create_bucket(**make([dict(Key="b", Value="1"), dict(Key="a", Value="")]))
    assert s3.get_bucket_tagging(Bucket=name)["TagSet"] == [dict(Key="a", Value=""), dict(Key="b", Value="1")]
    assert code(s3.create_bucket, **make([dict(Key="a", Value="")])) == (409, "BucketAlreadyOwnedByYou")
    for tags in [dict(Key="aws:a", Value="")], [dict(Key="a", Value="1"), dict(Key="a", Value="2")], \
            [dict(Key=f"k{i}", Value="") for i in range(51)], [dict(Key="a", Value="v" * 257)]:
        assert code(s3.create_bucket, **make(tags, name + "x")) == (400, "InvalidTag")
    assert code(s3.head_bucket, Bucket=name + "x") == (404, "404")


@pytest.mark.parametrize("place, refusal", [("us-east-1", "InvalidLocationConstraint"), ("nowhere", "InvalidLocationConstraint"),
                                            ("eu-west-3", "IllegalLocationConstraintException")])
def test_locations_of_others(s3, place, refusal):
    settings = dict(LocationConstraint=place)
    assert code(s3.create_bucket, Bucket=f"far-{uuid.uuid4()}", CreateBucketConfiguration=settings) == (400, refusal)


def test_acls_once_ownership_is_deleted(s3, bucket):
    assert code(s3.put_bucket_acl, Bucket=bucket, ACL="public-read") == (400, "AccessControlListNotSupported")
    assert code(s3.put_bucket_acl, Bucket=bucket, ACL="none") == (400, "InvalidArgument")
    assert code(s3.put_object, Bucket=bucket, Key="k", ACL="none") == (400, "InvalidArgument")
    for _ in range(2):
        s3.delete_bucket_ownership_controls(Bucket=bucket)
        assert code(s3.get_bucket_ownership_controls, Bucket=bucket) == (404, "OwnershipControlsNotFoundError")
    s3.delete_public_access_block(Bucket=bucket)
    s3.put_bucket_acl(Bucket=bucket, ACL="public-read")
    s3.put_object(Bucket=bucket, Key="k", ACL="public-read")
    kinds = [one["Grantee"]["Type"] for one in s3.get_object_acl(Bucket=bucket, Key="k")["Grants"]]
    assert kinds == ["CanonicalUser", "Group"]
    s3.put_bucket_ownership_controls(Bucket=bucket, OwnershipControls=dict(Rules=[dict(ObjectOwnership="ObjectWriter")]))
    assert s3.get_bucket_ownership_controls(Bucket=bucket)["OwnershipControls"]["Rules"] == [dict(ObjectOwnership="ObjectWriter")]


def test_a_marker_is_no_object_to_any_sub_resource(s3):
    bucket = f"settings-{uuid.uuid4()}"
    s3.create_bucket(Bucket=bucket, ObjectLockEnabledForBucket=True, ObjectOwnership="ObjectWriter")
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    marker = s3.delete_object(Bucket=bucket, Key="k")["VersionId"]
    later = datetime.datetime.now(datetime.timezone.utc) + datetime.timedelta(days=1)
    writes = dict(put_object_tagging=dict(Tagging=dict(TagSet=[])), delete_object_tagging={}, put_object_acl=dict(ACL="private"),
                  put_object_retention=dict(Retention=dict(Mode="GOVERNANCE", RetainUntilDate=later)),
                  put_object_legal_hold=dict(LegalHold=dict(Status="ON")), restore_object=dict(RestoreRequest=dict(Days=1)))
    reads = dict(get_object={}, head_object={}, get_object_acl={}, get_object_retention={}, get_object_legal_hold={},
                 get_object_attributes=dict(ObjectAttributes=["ETag"]))
    for named in {}, dict(VersionId=marker):
        for name, given in list(writes.items()) + [("get_object_tagging", {})] + (list(reads.items()) if named else []):
            status, word, told = refused(getattr(s3, name), Bucket=bucket, Key="k", **given, **named)
            assert status == 405, (name, named)
            if name != "head_object":
                method = dict(put="PUT", delete="DELETE", get="GET", restore="POST")[name.split("_")[0]]
                assert (word, told["Method"], told["ResourceType"]) == ("MethodNotAllowed", method, "DeleteMarker"), name
    for name, given in reads.items():
        assert refused(getattr(s3, name), Bucket=bucket, Key="k", **given)[0] == 404, name
    assert code(s3.copy_object, Bucket=bucket, Key="d", CopySource=f"{bucket}/k") == (404, "NoSuchKey")
    source = dict(Bucket=bucket, Key="k", VersionId=marker)
    assert code(s3.copy_object, Bucket=bucket, Key="d", CopySource=source) == (400, "InvalidRequest")


@pytest.mark.parametrize("bypass", [True, False])
def test_nothing_to_bypass(s3, versioned, bypass):
    version = s3.put_object(Bucket=versioned, Key="k")["VersionId"]
    asked = dict(Bucket=versioned, BypassGovernanceRetention=bypass)
    for named in {}, dict(VersionId=version):
        assert code(s3.delete_object, Key="k", **named, **asked) == (400, "InvalidArgument")
        assert code(s3.delete_objects, Delete=dict(Objects=[dict(Key="k", **named)]), **asked) == (400, "InvalidArgument")
    assert s3.head_object(Bucket=versioned, Key="k")["VersionId"] == version


def test_ids_of_versions_come_from_no_pattern(s3, versioned):
    ids = []
    for n in range(3):
        ids.append(s3.put_object(Bucket=versioned, Key=f"c{n}", IfNoneMatch="*")["VersionId"])
        upload = s3.create_multipart_upload(Bucket=versioned, Key=f"m{n}")["UploadId"]
        part = s3.upload_part(Bucket=versioned, Key=f"m{n}", UploadId=upload, PartNumber=1, Body=b"x")["ETag"]
        done = dict(Bucket=versioned, Key=f"m{n}", UploadId=upload,
                    MultipartUpload=dict(Parts=[dict(PartNumber=1, ETag=part)]))
        ids.append(s3.complete_multipart_upload(**done)["VersionId"])
        assert s3.complete_multipart_upload(**done)["VersionId"] == ids[-1]
        ids.append(s3.put_object(Bucket=versioned, Key=f"p{n}")["VersionId"])
    assert len({one[:16] for one in ids}) == len(ids) and all(re.fullmatch(r"[A-Za-z0-9._]{32}", one) for one in ids)
    listed = [one["VersionId"] for one in s3.list_object_versions(Bucket=versioned)["Versions"]]
    assert sorted(listed) == sorted(ids)
    unknown = ids[0]
    s3.delete_object(Bucket=versioned, Key="c0", VersionId=unknown)
    assert code(s3.get_object, Bucket=versioned, Key="c0", VersionId=unknown) == (404, "NoSuchVersion")
    assert code(s3.get_object_tagging, Bucket=versioned, Key="c0", VersionId=unknown) == (404, "NoSuchVersion")
    assert s3.delete_object(Bucket=versioned, Key="c0", VersionId=unknown)["VersionId"] == unknown
    assert s3.put_object(Bucket=versioned, Key="c0", IfNoneMatch="*")["VersionId"] not in ids


def test_null_ids_while_versions_are_suspended(s3, versioned):
    first = s3.put_object(Bucket=versioned, Key="k", Body=b"1")["VersionId"]
    s3.put_bucket_versioning(Bucket=versioned, VersioningConfiguration=SUSPENDED)
    copied = s3.copy_object(Bucket=versioned, Key="d", CopySource=f"{versioned}/k")
    assert (copied["VersionId"], copied["CopySourceVersionId"]) == ("null", first)
    again = s3.copy_object(Bucket=versioned, Key="e", CopySource=f"{versioned}/d")
    assert again["VersionId"] == "null" and "CopySourceVersionId" not in again
    assert s3.head_object(Bucket=versioned, Key="d")["VersionId"] == "null"
    assert s3.get_object_tagging(Bucket=versioned, Key="d")["VersionId"] == "null"
    deleted = s3.delete_object(Bucket=versioned, Key="d")
    assert (deleted["VersionId"], deleted["DeleteMarker"]) == ("null", True)


def test_a_copy_in_place_where_encryption_is_set(s3, bucket):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x", Metadata=dict(a="b"), Tagging="c=d")
    copy = dict(Bucket=bucket, Key="k", CopySource=f"{bucket}/k")
    assert code(s3.copy_object, **copy) == (400, "InvalidRequest")
    rule = dict(ApplyServerSideEncryptionByDefault=dict(SSEAlgorithm="AES256"))
    s3.put_bucket_encryption(Bucket=bucket, ServerSideEncryptionConfiguration=dict(Rules=[rule]))
    s3.copy_object(**copy)
    found = s3.get_object(Bucket=bucket, Key="k")
    assert (found["Body"].read(), found["Metadata"], found["TagCount"]) == (b"x", dict(a="b"), 1)
    s3.delete_bucket_encryption(Bucket=bucket)
    assert code(s3.copy_object, **copy) == (400, "InvalidRequest")


def test_tags_by_s3_control(server, s3, bucket):
    asking = recorded.Replay(server.endpoint, rondo.ACCESS, rondo.SECRET, None, {})

    def control(method, query="", tags=None, name=bucket, **headers):
        body = "" if tags is None else \
            '<TagResourceRequest xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/"><Tags>' + "".join(
                f"<Tag><Key>{key}</Key><Value>{value}</Value></Tag>" for key, value in tags) + "</Tags></TagResourceRequest>"
        path = f"/v20180820/tags/arn%3Aaws%3As3%3A%3A%3A{name}"
        return asking.raw(method, path + query, {"x-amz-account-id": OTHER, **headers}, body, text=True)

    def told():
        status, _, fields, headers = control("GET")
        assert (status, headers["content-type"]) == (200, "application/xml")
        assert '<ListTagsForResourceResult xmlns="http://awss3control.amazonaws.com/doc/2018-08-20/"><Tags' in fields["Body"]
        return re.findall("<Tag><Key>(.*?)</Key><Value>(.*?)</Value></Tag>", fields["Body"].replace("<Value/>", "<Value></Value>"))

    assert told() == []
    assert control("POST", tags=[("a", "1"), ("b", "2")])[0] == 204
    assert control("POST", tags=[("b", "3"), ("c", "")])[0] == 204
    assert told() == [("a", "1"), ("b", "3"), ("c", "")]
    assert [one["Key"] for one in s3.get_bucket_tagging(Bucket=bucket)["TagSet"]] == ["a", "b", "c"]
    assert control("DELETE", "?tagKeys=a&tagKeys=c&tagKeys=none")[0] == 204
    assert told() == [("b", "3")]
    for status, method, query, tags in [(400, "POST", "", [(f"k{n}", "") for n in range(50)]), (400, "POST", "", []),
                                        (400, "POST", "", [("aws:a", "")]), (400, "POST", "", None), (400, "DELETE", "", None),
                                        (405, "PUT", "", None)]:
        assert control(method, query, tags)[0] == status, (method, tags)
    assert told() == [("b", "3")]
    assert control("GET", name="no-such-bucket")[0] == 404 and control("GET", name="none/k")[0] == 400


# What terraform's provider asks of a bucket without settings, in its order, and what it takes: a status, a code, a part of the document.
UNSET = [
    ("HEAD", "", 200, None, ""), ("GET", "?location", 200, None, "<LocationConstraint"),
    ("GET", "?policy", 404, "NoSuchBucketPolicy", ""), ("GET", "?acl", 200, None, "<Permission>FULL_CONTROL</Permission>"),
    ("GET", "?cors", 404, "NoSuchCORSConfiguration", ""), ("GET", "?website", 404, "NoSuchWebsiteConfiguration", ""),
    ("GET", "?versioning", 200, None, "<VersioningConfiguration"), ("GET", "?accelerate", 200, None, "<AccelerateConfiguration"),
    ("GET", "?requestPayment", 200, None, "<Payer>BucketOwner</Payer>"), ("GET", "?logging", 200, None, "<BucketLoggingStatus"),
    ("GET", "?lifecycle", 404, "NoSuchLifecycleConfiguration", ""), ("GET", "?replication", 404, "ReplicationConfigurationNotFoundError", ""),
    ("GET", "?encryption", 200, None, "<SSEAlgorithm>AES256</SSEAlgorithm>"),
    ("GET", "?object-lock", 404, "ObjectLockConfigurationNotFoundError", ""), ("GET", "?tagging", 404, "NoSuchTagSet", ""),
    ("GET", "?abac", 200, None, "<Status>Disabled</Status>"), ("GET", "?publicAccessBlock", 200, None, "<BlockPublicAcls>true</BlockPublicAcls>"),
    ("GET", "?ownershipControls", 200, None, "<ObjectOwnership>BucketOwnerEnforced</ObjectOwnership>"),
    ("GET", "?policyStatus", 404, "NoSuchBucketPolicy", ""), ("GET", "?notification", 200, None, "<NotificationConfiguration"),
    ("GET", "?analytics&id=a", 404, "NoSuchConfiguration", ""), ("GET", "?inventory&id=a", 404, "NoSuchConfiguration", ""),
    ("GET", "?metrics&id=a", 404, "NoSuchConfiguration", ""), ("GET", "?intelligent-tiering&id=a", 404, "NoSuchConfiguration", "")]
TERRAFORM = {"accept-encoding": "identity", "amz-sdk-invocation-id": "00000000-0000-4000-8000-000000000000",
             "amz-sdk-request": "attempt=1; max=25", "user-agent": "APN/1.0 HashiCorp/1.0 Terraform/1.9 terraform-provider-aws/6.0"}


def as_terraform(server):
    asking = recorded.Replay(server.endpoint, rondo.ACCESS, rondo.SECRET, None, {})

    def ask(method, target, body="", **headers):
        status, _, fields, told = asking.raw(method, target, {**TERRAFORM, **headers}, body, text=True)
        found = re.search("<Code>(.*?)</Code>", fields.get("Body") or "")
        return status, found and found[1], fields.get("Body") or "", told

    return ask


def test_what_terraform_reads_of_a_bucket(server, bucket):
    ask = as_terraform(server)
    for method, query, status, told, part in UNSET:
        for path in f"/{bucket}{query}", f"/{bucket}/{query}":
            got = ask(method, path)
            assert (got[0], got[1]) == (status, told) and part in got[2], (path, got)
            assert got[3]["x-amz-bucket-region"] == "us-east-1"
    assert ask("HEAD", f"/{bucket}")[3]["x-amz-bucket-arn"] == f"arn:aws:s3:::{bucket}"
    for method, query, *_ in UNSET:
        got = ask(method, f"/{bucket}-gone{query}")
        assert (got[0], got[1]) == (404, None if method == "HEAD" else "NoSuchBucket"), (query, got)


def test_what_terraform_reads_by_s3_control(server, bucket):
    ask, account = as_terraform(server), {"x-amz-account-id": OTHER}
    path = "/v20180820/tags/arn%3Aaws%3As3%3A%3A%3A"
    status, told, text, _ = ask("GET", path + bucket, **account)
    assert (status, told) == (200, None) and "<Tags" in text
    for method, target, body, status, told in [
            ("GET", path + bucket + "-gone", "", 404, "NoSuchBucket"), ("GET", path + "no/bucket", "", 400, "InvalidArgument"),
            ("POST", path + bucket, "<TagResourceRequest/>", 400, "MalformedXML"), ("POST", path + bucket, "none", 400, "MalformedXML"),
            ("DELETE", path + bucket, "", 400, "InvalidRequest"), ("PUT", path + bucket, "", 405, "MethodNotAllowed")]:
        got = ask(method, target, body, **account)
        assert got[:2] == (status, told), got
        assert re.search(f"<ErrorResponse><Error><Code>{told}</Code><Message>.*</Error><RequestId>.+</RequestId><HostId>.+</HostId></ErrorResponse>$",
                         got[2], re.S), got
    unsigned = requests.get(server.endpoint + path + bucket, headers=account, timeout=30)
    assert unsigned.status_code == 403 and "<ErrorResponse><Error><Code>AccessDenied</Code>" in unsigned.text


def test_the_region_the_arn_and_the_tags_that_policies_see(s3, bucket):
    head = s3.head_bucket(Bucket=bucket)
    assert (head["BucketRegion"], head["BucketArn"]) == ("us-east-1", f"arn:aws:s3:::{bucket}")
    assert s3.get_bucket_location(Bucket=bucket)["LocationConstraint"] is None
    if hasattr(s3, "get_bucket_abac"):
        assert s3.get_bucket_abac(Bucket=bucket)["AbacStatus"] == dict(Status="Disabled")
        s3.put_bucket_abac(Bucket=bucket, AbacStatus=dict(Status="Disabled"))
        assert code(s3.put_bucket_abac, Bucket=bucket, AbacStatus=ENABLED) == (501, "NotImplemented")


@pytest.mark.parametrize("query", ["annotation", "annotation&name=a", "annotations", "encryption"])
def test_what_is_not_there_writes_nothing(server, s3, bucket, query):
    s3.put_object(Bucket=bucket, Key="k", Body=b"x")
    asking = recorded.Replay(server.endpoint, rondo.ACCESS, rondo.SECRET, None, {})
    assert asking.raw("PUT", f"/{bucket}/k?{query}", body="new")[0] == 501
    assert s3.get_object(Bucket=bucket, Key="k")["Body"].read() == b"x"
