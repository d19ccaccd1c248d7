"""Who may do what, in the strict profile: bucket policies, public access, users' policies, and what explains them."""
import json, re, subprocess, urllib.request, uuid
import boto3, botocore, pytest
from botocore.config import Config
from botocore.exceptions import ClientError
import rondo


class Account:
    """A user with a key of its own."""

    def __init__(self, node, name):
        self.name = name
        told = command(node, "user", "add", name)
        self.key = re.search(r"access key\s+(\S+)", told)[1]
        self.secret = re.search(r"secret key\s+(\S+)", told)[1]
        self.s3 = boto3.client("s3", endpoint_url=node.endpoint, region_name="us-east-1",
                               aws_access_key_id=self.key, aws_secret_access_key=self.secret,
                               config=Config(s3=dict(addressing_style="path"), signature_version="s3v4"))
        self.id = self.s3.list_buckets()["Owner"]["ID"]


def command(node, *arguments):
    return subprocess.run([str(rondo.ROOT / "rondo"), *arguments, "--admin", f"127.0.0.1:{node.base + 1}"],
                          env=rondo.environment(), capture_output=True, text=True, check=True, timeout=60).stdout


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    process = rondo.Node(tmp_path_factory.mktemp("access"), rondo.free_base_port()).wait_until_ready()
    try:
        yield process
    finally:
        process.stop()


@pytest.fixture(scope="module")
def ann(node):
    return Account(node, "ann")


@pytest.fixture(scope="module")
def bob(node):
    return Account(node, "bob")


@pytest.fixture(scope="module")
def anybody(node):
    return boto3.client("s3", endpoint_url=node.endpoint, region_name="us-east-1",
                        config=Config(s3=dict(addressing_style="path"), signature_version=botocore.UNSIGNED))


@pytest.fixture
def bucket(ann):
    name = f"access-{uuid.uuid4()}"
    ann.s3.create_bucket(Bucket=name)
    ann.s3.put_object(Bucket=name, Key="open", Body=b"open", Tagging="class=open")
    ann.s3.put_object(Bucket=name, Key="closed", Body=b"closed")
    return name


def outcome(call, **arguments):
    """"done", or the code of the refusal."""
    try:
        call(**arguments)
        return "done"
    except ClientError as error:
        return error.response["Error"]["Code"]


def policy(**statement):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Sid": "one", "Effect": "Allow", **statement}]})


def test_a_new_bucket_is_nobody_elses(ann, bob, anybody, bucket):
    block = ann.s3.get_public_access_block(Bucket=bucket)["PublicAccessBlockConfiguration"]
    assert list(block.values()) == [True] * 4
    for s3 in (bob.s3, anybody):
        assert outcome(s3.get_object, Bucket=bucket, Key="open") == "AccessDenied"
        assert outcome(s3.get_object, Bucket=bucket, Key="missing") == "AccessDenied"
        assert outcome(s3.list_objects_v2, Bucket=bucket) == "AccessDenied"
        assert outcome(s3.put_object, Bucket=bucket, Key="new", Body=b"") == "AccessDenied"
        assert outcome(s3.delete_bucket, Bucket=bucket) == "AccessDenied"
        assert outcome(s3.put_bucket_policy, Bucket=bucket, Policy="{}") == "AccessDenied"
    assert outcome(ann.s3.get_bucket_policy_status, Bucket=bucket) == "NoSuchBucketPolicy"


def test_a_policy_lets_another_account_do_what_it_says_and_no_more(ann, bob, anybody, bucket):
    document = policy(Principal={"AWS": f"arn:aws:iam::{bob.id}:root"}, Action="s3:GetObject",
                      Resource=f"arn:aws:s3:::{bucket}/*",
                      Condition={"StringEquals": {"s3:ExistingObjectTag/class": "open"}})
    ann.s3.put_bucket_policy(Bucket=bucket, Policy=document)
    assert ann.s3.get_bucket_policy(Bucket=bucket)["Policy"] == document
    assert ann.s3.get_bucket_policy_status(Bucket=bucket)["PolicyStatus"]["IsPublic"] is False
    assert outcome(bob.s3.get_object, Bucket=bucket, Key="open") == "done"
    assert outcome(bob.s3.get_object, Bucket=bucket, Key="closed") == "AccessDenied"
    assert outcome(bob.s3.get_object_attributes, Bucket=bucket, Key="open", ObjectAttributes=["ETag"]) == "AccessDenied"
    assert outcome(bob.s3.delete_object, Bucket=bucket, Key="open") == "AccessDenied"
    assert outcome(anybody.get_object, Bucket=bucket, Key="open") == "AccessDenied"
    deleted = bob.s3.delete_objects(Bucket=bucket, Delete={"Objects": [{"Key": "open"}]})
    assert [error["Code"] for error in deleted["Errors"]] == ["AccessDenied"]


def test_an_owner_that_has_locked_itself_out_gets_in_again(ann, bucket):
    ann.s3.put_bucket_policy(Bucket=bucket, Policy=policy(Effect="Deny", Principal="*", Action="s3:*", Resource="*",
                                                           Condition={"IpAddress": {"aws:SourceIp": "127.0.0.1"}}))
    assert outcome(ann.s3.get_object, Bucket=bucket, Key="open") == "AccessDenied"
    assert outcome(ann.s3.delete_bucket, Bucket=bucket) == "AccessDenied"
    assert outcome(ann.s3.delete_bucket_policy, Bucket=bucket) == "done"
    assert outcome(ann.s3.get_object, Bucket=bucket, Key="open") == "done"


def test_nothing_is_public_until_its_block_is_taken_away(ann, anybody, bucket):
    public = policy(Principal="*", Action="s3:GetObject", Resource=f"arn:aws:s3:::{bucket}/*")
    assert outcome(ann.s3.put_bucket_policy, Bucket=bucket, Policy=public) == "AccessDenied"
    ann.s3.delete_public_access_block(Bucket=bucket)
    ann.s3.put_bucket_policy(Bucket=bucket, Policy=public)
    assert ann.s3.get_bucket_policy_status(Bucket=bucket)["PolicyStatus"]["IsPublic"] is True
    assert outcome(anybody.get_object, Bucket=bucket, Key="open") == "done"
    ann.s3.put_public_access_block(Bucket=bucket, PublicAccessBlockConfiguration={"RestrictPublicBuckets": True})
    assert outcome(anybody.get_object, Bucket=bucket, Key="open") == "AccessDenied"
    assert outcome(ann.s3.get_object, Bucket=bucket, Key="open") == "done"


@pytest.mark.parametrize("change, reason", [
    ({"Action": "s3:GetObjects"}, "invalid action"),
    ({"Resource": "arn:aws:s3:::another/*"}, "invalid resource"),
    ({"Principal": {"AWS": "123456789012"}}, "Invalid principal"),
    ({"Action": "s3:ListBucket"}, "does not apply"),
    ({"Effect": "Perhaps"}, "Invalid effect"),
    ({"Condition": {"StringEquals": {"s3:colour": "red"}}}, "condition key"),
])
def test_a_policy_that_makes_no_sense_is_refused_and_the_old_one_stays(ann, bucket, change, reason):
    good = dict(Principal={"AWS": ann.id}, Action="s3:GetObject", Resource=f"arn:aws:s3:::{bucket}/*")
    ann.s3.put_bucket_policy(Bucket=bucket, Policy=policy(**good))
    with pytest.raises(ClientError) as refused:
        ann.s3.put_bucket_policy(Bucket=bucket, Policy=policy(**good | change))
    assert refused.value.response["Error"]["Code"] == "MalformedPolicy"
    assert reason in refused.value.response["Error"]["Message"]
    assert ann.s3.get_bucket_policy(Bucket=bucket)["Policy"] == policy(**good)


def test_a_user_with_a_policy_may_do_what_it_says_and_explain_says_why(node, bob, tmp_path):
    carol = Account(node, "carol")
    bucket = f"access-{uuid.uuid4()}"
    carol.s3.create_bucket(Bucket=bucket)
    document = tmp_path / "home.json"
    document.write_text(policy(Sid="home", Action=["s3:GetObject", "s3:PutObject"],
                               Resource=f"arn:aws:s3:::{bucket}/${{aws:username}}/*"))
    command(node, "user", "policy", "carol", "--set", str(document))
    assert command(node, "user", "policy", "carol").strip() == document.read_text()
    assert outcome(carol.s3.put_object, Bucket=bucket, Key="carol/x", Body=b"") == "done"
    assert outcome(carol.s3.put_object, Bucket=bucket, Key="x", Body=b"") == "AccessDenied"
    assert outcome(carol.s3.list_buckets) == "AccessDenied"
    assert outcome(carol.s3.create_bucket, Bucket=bucket + "2") == "AccessDenied"
    explain = lambda *arguments: command(node, "explain", *arguments).strip()
    allowed = explain("s3:PutObject", f"{bucket}/carol/x", "--account", "carol")
    assert allowed == f"allowed: s3:PutObject on arn:aws:s3:::{bucket}/carol/x: the user's policy, statement home"
    denied = explain("s3:GetObject", f"{bucket}/carol/x", "--account", bob.name)
    assert denied == f"denied: s3:GetObject on arn:aws:s3:::{bucket}/carol/x: nothing allows it"
    command(node, "user", "policy", "carol", "--remove")
    assert outcome(carol.s3.put_object, Bucket=bucket, Key="x", Body=b"") == "done"


@pytest.fixture
def target(ann):
    name = f"target-{uuid.uuid4()}"
    ann.s3.create_bucket(Bucket=name)
    return name


def let(ann, bob, bucket, *actions, **more):
    ann.s3.put_bucket_policy(Bucket=bucket, Policy=policy(
        Principal={"AWS": f"arn:aws:iam::{bob.id}:root"}, Action=[f"s3:{action}" for action in actions],
        Resource=f"arn:aws:s3:::{bucket}/*", **more))


READ, WRITE = ["GetObject", "GetObjectTagging"], ["PutObject", "PutObjectTagging"]
NEW = dict(TaggingDirective="REPLACE", Tagging="a=b")


@pytest.mark.parametrize("key, given, of_source, of_target, got", [
    ("open", {}, READ, WRITE, {"class": "open"}),
    ("open", dict(TaggingDirective="COPY"), READ, WRITE, {"class": "open"}),
    ("open", {}, READ[:1], WRITE, None), ("open", {}, READ, WRITE[:1], None), ("open", {}, READ[:1], WRITE[:1], None),
    ("open", {}, ["GetObject", "GetObjectVersionTagging"], WRITE, None), ("open", {}, READ, ["PutObject", "PutObjectVersionTagging"], None),
    ("open", dict(MetadataDirective="REPLACE"), READ[:1], WRITE, None),
    ("closed", {}, READ[:1], WRITE[:1], {}),
    ("open", NEW, READ[:1], WRITE, dict(a="b")), ("open", NEW, READ, WRITE[:1], None), ("closed", NEW, READ, WRITE[:1], None),
    ("open", dict(TaggingDirective="REPLACE"), READ[:1], WRITE[:1], {}),
])
def test_a_copy_brings_tags_to_those_who_may_read_and_write_them(ann, bob, bucket, target, key, given, of_source, of_target, got):
    let(ann, bob, bucket, *of_source)
    let(ann, bob, target, *of_target)
    copied = outcome(bob.s3.copy_object, Bucket=target, Key="k", CopySource=f"{bucket}/{key}", **given)
    assert copied == ("AccessDenied" if got is None else "done")
    if got is None:
        assert outcome(ann.s3.head_object, Bucket=target, Key="k") == "404"
    else:
        assert {tag["Key"]: tag["Value"] for tag in ann.s3.get_object_tagging(Bucket=target, Key="k")["TagSet"]} == got


def test_a_copy_of_a_version_needs_the_right_to_a_versions_tags(ann, bob, bucket, target):
    ann.s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration=dict(Status="Enabled"))
    version = ann.s3.put_object(Bucket=bucket, Key="v", Body=b"v", Tagging="a=b")["VersionId"]
    let(ann, bob, target, *WRITE)
    copy = dict(Bucket=target, Key="k", CopySource=dict(Bucket=bucket, Key="v", VersionId=version))
    for actions, got in (["GetObjectVersion", "GetObjectTagging"], "AccessDenied"), (["GetObjectVersion", "GetObjectVersionTagging"], "done"), \
            (READ, "AccessDenied"):
        let(ann, bob, bucket, *actions)
        assert outcome(bob.s3.copy_object, **copy) == got, actions


def test_tags_that_a_copy_brings_are_a_requests_tags_to_policies(ann, bob, bucket, target):
    let(ann, bob, bucket, *READ)
    ann.s3.put_object(Bucket=bucket, Key="secret", Body=b"s", Tagging="class=secret")
    let(ann, bob, target, *WRITE)
    document = json.loads(ann.s3.get_bucket_policy(Bucket=target)["Policy"])
    document["Statement"].append({"Effect": "Deny", "Principal": "*", "Action": "s3:PutObjectTagging", "Resource": f"arn:aws:s3:::{target}/*",
                                  "Condition": {"StringEquals": {"s3:RequestObjectTag/class": "secret"}}})
    ann.s3.put_bucket_policy(Bucket=target, Policy=json.dumps(document))
    for key, got in ("open", "done"), ("secret", "AccessDenied"), ("closed", "done"):
        assert outcome(bob.s3.copy_object, Bucket=target, Key=key, CopySource=f"{bucket}/{key}") == got
    assert outcome(bob.s3.copy_object, Bucket=target, Key="x", CopySource=f"{bucket}/open", TaggingDirective="REPLACE",
                   Tagging="class=secret") == "AccessDenied"


@pytest.mark.parametrize("call", ["put_object", "create_multipart_upload"])
def test_an_object_is_made_with_tags_by_those_who_may_write_them(ann, bob, target, call):
    let(ann, bob, target, "PutObject")
    assert outcome(getattr(bob.s3, call), Bucket=target, Key="k", Tagging="a=b") == "AccessDenied"
    assert outcome(getattr(bob.s3, call), Bucket=target, Key="k") == "done"
    let(ann, bob, target, *WRITE)
    assert outcome(getattr(bob.s3, call), Bucket=target, Key="k", Tagging="a=b") == "done"


def as_query(params, **_):
    params["url"] += "?x-amz-request-payer=requester"


def test_where_requesters_pay_they_say_that_they_know(node, ann, bob, anybody, bucket):
    ann.s3.delete_public_access_block(Bucket=bucket)
    ann.s3.put_bucket_policy(Bucket=bucket, Policy=json.dumps(
        {"Version": "2012-10-17", "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject",
                                                 "Resource": f"arn:aws:s3:::{bucket}/*"}]}))
    ann.s3.put_bucket_request_payment(Bucket=bucket, RequestPaymentConfiguration=dict(Payer="Requester"))
    assert "RequestCharged" not in ann.s3.get_object(Bucket=bucket, Key="open")
    for caller, knows in ((bob.s3, {}), (anybody, {}), (anybody, dict(RequestPayer="requester"))):
        with pytest.raises(ClientError) as refused:
            caller.get_object(Bucket=bucket, Key="open", **knows)
        assert refused.value.response["Error"]["Code"] == "AccessDenied"
    answer = bob.s3.get_object(Bucket=bucket, Key="open", RequestPayer="requester")
    assert answer["Body"].read() == b"open" and answer["RequestCharged"] == "requester"
    linked = boto3.client("s3", endpoint_url=node.endpoint, region_name="us-east-1", aws_access_key_id=bob.key,
                          aws_secret_access_key=bob.secret, config=Config(s3=dict(addressing_style="path")))
    linked.meta.events.register("before-call.s3.GetObject", as_query)
    assert linked.get_object(Bucket=bucket, Key="open")["RequestCharged"] == "requester"
    with pytest.raises(ClientError):
        bob.s3.get_object(Bucket=bucket, Key="absent", RequestPayer="requester")
    ann.s3.put_bucket_request_payment(Bucket=bucket, RequestPaymentConfiguration=dict(Payer="BucketOwner"))
    assert "RequestCharged" not in bob.s3.get_object(Bucket=bucket, Key="open")
