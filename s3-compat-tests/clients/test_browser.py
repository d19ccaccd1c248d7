"""What browsers ask of a bucket: preflight and the headers of CORS, by plain HTTP."""
import uuid
import pytest, requests


@pytest.fixture
def bucket(s3):
    name = f"browser-{uuid.uuid4()}"
    s3.create_bucket(Bucket=name)
    s3.put_bucket_cors(Bucket=name, CORSConfiguration=dict(CORSRules=[dict(
        ID="app", AllowedOrigins=["https://*.example"], AllowedMethods=["GET", "PUT"],
        AllowedHeaders=["content-*", "x-amz-meta-a"], ExposeHeaders=["ETag"], MaxAgeSeconds=60)]))
    yield name
    s3.delete_bucket(Bucket=name)


def options(s3, path, **headers):
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return requests.options(s3.meta.endpoint_url + path, headers=named, timeout=30)


def test_a_preflight_is_answered_without_a_signature(s3, bucket):
    asked = options(s3, f"/{bucket}/a/b?uploads", Origin="https://a.example", Access_Control_Request_Method="PUT",
                    Access_Control_Request_Headers="Content-Type, X-Amz-Meta-A")
    assert asked.status_code == 200 and asked.content == b""
    assert asked.headers["Access-Control-Allow-Origin"] == "https://a.example"
    assert asked.headers["Access-Control-Allow-Methods"] == "GET, PUT"
    assert asked.headers["Access-Control-Allow-Headers"] == "content-type, x-amz-meta-a"
    assert asked.headers["Access-Control-Max-Age"] == "60"
    assert "Origin" in asked.headers["Vary"]


@pytest.mark.parametrize("headers,status", [
    (dict(), 400),
    (dict(Origin="https://a.example"), 400),
    (dict(Origin="https://a.example", Access_Control_Request_Method="BREW"), 400),
    (dict(Origin="https://a.example", Access_Control_Request_Method="DELETE"), 403),
    (dict(Origin="https://a.other", Access_Control_Request_Method="GET"), 403),
    (dict(Origin="https://a.example", Access_Control_Request_Method="GET", Access_Control_Request_Headers="x-b"), 403)])
def test_a_preflight_is_refused(s3, bucket, headers, status):
    answer = options(s3, f"/{bucket}/key", **headers)
    assert answer.status_code == status
    assert b"<Code>BadRequest" in answer.content if status == 400 else b"<Code>AccessForbidden" in answer.content
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_a_preflight_tells_nothing_of_a_bucket_that_is_not_there(s3):
    answer = options(s3, f"/{uuid.uuid4()}", Origin="a", Access_Control_Request_Method="GET")
    assert answer.status_code == 403 and b"<ResourceType>BUCKET" in answer.content


def test_refusals_say_to_other_origins_that_they_may_read_them(s3, bucket):
    url = f"{s3.meta.endpoint_url}/{bucket}/secret"
    refused = requests.get(url, headers={"Origin": "https://a.example"}, timeout=30)
    assert refused.status_code == 403
    assert refused.headers["Access-Control-Allow-Origin"] == "https://a.example"
    assert refused.headers["Access-Control-Expose-Headers"] == "ETag"
    assert refused.headers["Access-Control-Allow-Credentials"] == "true"
    other = requests.get(url, headers={"Origin": "https://a.other"}, timeout=30)
    assert other.status_code == 403 and "Access-Control-Allow-Origin" not in other.headers
    assert "Vary" not in other.headers and "Vary" not in requests.get(url, timeout=30).headers
