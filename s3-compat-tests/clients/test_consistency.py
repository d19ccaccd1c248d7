"""How much agreement reads wait for, and sessions."""
import uuid

import pytest
from botocore.exceptions import ClientError


@pytest.fixture
def bucket(s3):
    name = f"level-{uuid.uuid4()}"
    s3.create_bucket(Bucket=name)
    return name


class Headers:
    """Sends headers with every request of a client, and keeps its session's token."""

    def __init__(self, client, level=None, session=False):
        self.level, self.token, self.session = level, "", session
        self.events = client.meta.events
        self.events.register("before-sign.s3", self.before)
        self.events.register("after-call.s3", self.after)

    def before(self, request, **_):
        if self.level:
            request.headers["x-rondo-consistency"] = self.level
        if self.session:
            request.headers["x-rondo-session"] = self.token

    def after(self, http_response, **_):
        self.token = http_response.headers.get("x-rondo-session", self.token)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.events.unregister("before-sign.s3", self.before)
        self.events.unregister("after-call.s3", self.after)


@pytest.mark.parametrize("level", ["linearizable", "quorum", "local_quorum", "one"])
def test_reads_at_every_level(s3, bucket, level):
    s3.put_object(Bucket=bucket, Key="dir/k", Body=b"v")
    with Headers(s3, level):
        assert s3.head_object(Bucket=bucket, Key="dir/k")["ContentLength"] == 1
        assert s3.get_object(Bucket=bucket, Key="dir/k")["Body"].read() == b"v"
        listed = s3.list_objects_v2(Bucket=bucket, Delimiter="/")
        assert [p["Prefix"] for p in listed["CommonPrefixes"]] == ["dir/"]


def test_a_session_reads_its_writes_at_level_one(s3, bucket):
    with Headers(s3, session=True) as headers:
        for i in range(70):
            key = f"k{i % 66}"
            headers.level = None
            if i % 7 == 3:
                s3.delete_object(Bucket=bucket, Key=key)
                expected = None
            else:
                expected = f"{uuid.uuid4()}".encode()
                s3.put_object(Bucket=bucket, Key=key, Body=expected)
            headers.level = "one"
            for _ in range(3):
                assert read(s3, bucket, key) == expected
        assert len(headers.token) > 100
        listed = s3.list_objects_v2(Bucket=bucket)
        assert "k65" in [o["Key"] for o in listed["Contents"]]
        headers.level = None
        batch = {"Objects": [{"Key": f"k{i}"} for i in range(66)]}
        s3.delete_objects(Bucket=bucket, Delete=batch)
        headers.level = "one"
        assert all(read(s3, bucket, f"k{i}") is None for i in range(66))


def read(s3, bucket, key):
    try:
        return s3.get_object(Bucket=bucket, Key=key)["Body"].read()
    except ClientError as e:
        assert e.response["Error"]["Code"] == "NoSuchKey"
        return None


def test_levels_that_are_none_and_writes_below_a_quorum_are_refused(s3, bucket):
    def refused(level, call, **args):
        with Headers(s3, level), pytest.raises(ClientError) as raised:
            call(Bucket=bucket, Key="k", **args)
        return raised.value.response["Error"]["Code"]

    assert refused("most", s3.get_object) == "InvalidArgument"
    assert refused("one", s3.put_object, Body=b"", IfNoneMatch="*") == "InvalidRequest"
    assert refused("local_quorum", s3.delete_object) == "InvalidRequest"
    with Headers(s3, session=True) as headers, pytest.raises(ClientError) as raised:
        headers.token = "something"
        s3.get_object(Bucket=bucket, Key="k")
    assert raised.value.response["Error"]["Code"] == "InvalidArgument"
