"""The tests of headers that the suite can't make: that botocore mends what they break, and what Rondo says if nobody
mends it."""
import base64, email.utils, hashlib, hmac, http.client, http.server, socket, threading
import boto3, pytest, rondo
from botocore.config import Config


class Recorder(http.server.BaseHTTPRequestHandler):
    """Notes the fields of requests, and is content with all."""
    protocol_version = "HTTP/1.1"

    def do_PUT(self):
        self.server.seen.append({name.lower(): value for name, value in self.headers.items()})
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_):
        pass


@pytest.fixture(scope="module")
def recorder():
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    server.seen = []
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def sent(recorder, signature, operation, change):
    """The fields that boto3 sends if they are changed where the suite changes them."""
    s3 = boto3.client("s3", endpoint_url=f"http://127.0.0.1:{recorder.server_port}", aws_access_key_id="A",
                      aws_secret_access_key="B", region_name="us-east-1",
                      config=Config(signature_version=signature, s3=dict(addressing_style="path")))
    s3.meta.events.register(f"before-call.s3.{operation}", lambda params, **_: change(params["headers"]))
    if operation == "PutObject":
        s3.put_object(Bucket="bucket", Key="foo", Body="bar")
    else:
        s3.create_bucket(Bucket="bucket")
    return recorder.seen[-1]


@pytest.mark.parametrize("operation", ["PutObject", "CreateBucket"])
@pytest.mark.parametrize("signature,said", [("s3v4", "AWS4-HMAC-SHA256 Credential=A/"), ("s3", "AWS A:")])
@pytest.mark.parametrize("value", ["", "AWS HAHAHA", "AWS AKIAIGR7ZNNBHC5BKSUB:FWeDfwojDSdS2Ztmpfeubhd9isU=", None])
def test_boto3_signs_whatever_the_suite_says_of_authorization(recorder, operation, signature, said, value):
    fields = sent(recorder, signature, operation, lambda headers: headers.pop("Authorization", None) if value is None
                  else headers.update({"Authorization": value}))
    assert fields["authorization"].startswith(said)


@pytest.mark.parametrize("operation", ["PutObject", "CreateBucket"])
def test_boto3_dates_what_the_suite_leaves_undated(recorder, operation):
    fields = sent(recorder, "s3", operation, lambda headers: headers.pop("x-amz-date", None))
    assert email.utils.parsedate_to_datetime(fields["date"])


def test_boto3_counts_what_the_suite_leaves_uncounted(recorder):
    fields = sent(recorder, "s3v4", "PutObject", lambda headers: headers.pop("Content-Length", None))
    assert fields["content-length"] == "3"


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    process = rondo.Node(tmp_path_factory.mktemp("headers"), rondo.free_base_port(),
                         env=dict(RONDO_PROFILE="compat")).wait_until_ready()
    try:
        boto3.client("s3", endpoint_url=process.endpoint, aws_access_key_id=rondo.ACCESS, region_name="us-east-1",
                     aws_secret_access_key=rondo.SECRET).create_bucket(Bucket="suite-headers")
        yield process
    finally:
        process.stop()


def answer(node, path, fields, body=b"bar"):
    """Status and body of the answer to a PUT whose fields nobody mends."""
    head = "".join(f"{name}: {value}\r\n" for name, value in fields.items())
    with socket.create_connection(("127.0.0.1", node.base), timeout=20) as connection:
        connection.sendall(f"PUT {path} HTTP/1.1\r\nHost: 127.0.0.1:{node.base}\r\n{head}\r\n".encode() + body)
        response = http.client.HTTPResponse(connection)
        response.begin()
        return response.status, response.read().decode()


def version2(path, date, **more):
    """The Authorization of Signature V2."""
    text = f"PUT\n\n\n{date}\n" + "".join(f"{name}:{value}\n" for name, value in more.items()) + path
    mac = hmac.new(rondo.SECRET.encode(), text.encode(), hashlib.sha1)
    return f"AWS {rondo.ACCESS}:{base64.b64encode(mac.digest()).decode()}"


@pytest.mark.parametrize("path", ["/suite-headers/foo", "/suite-headers-new"])
@pytest.mark.parametrize("authorization,status,code", [
    (None, 403, "AccessDenied"), ("", 403, "AccessDenied"), ("AWS HAHAHA", 400, "InvalidArgument"),
    ("AWS AKIAIGR7ZNNBHC5BKSUB:FWeDfwojDSdS2Ztmpfeubhd9isU=", 403, "InvalidAccessKeyId"),
    (f"AWS {rondo.ACCESS}:FWeDfwojDSdS2Ztmpfeubhd9isU=", 403, "SignatureDoesNotMatch")])
def test_who_does_not_sign_well_is_refused(node, path, authorization, status, code):
    body = b"bar" if path.endswith("foo") else b""
    fields = {"Content-Length": len(body), "Date": email.utils.formatdate(usegmt=True)}
    if authorization is not None:
        fields["Authorization"] = authorization
    answered = answer(node, path, fields, body)
    assert answered[0] == status and f"<Code>{code}</Code>" in answered[1], answered


def test_a_request_of_no_date_is_refused(node):
    for path, body in (("/suite-headers", b""), ("/suite-headers/foo", b"bar")):
        dated = email.utils.formatdate(usegmt=True)
        good = {"Content-Length": len(body), "Date": dated, "Authorization": version2(path, dated)}
        assert answer(node, path, good, body)[0] == 200
        status, text = answer(node, path, {"Content-Length": len(body), "Authorization": version2(path, "")}, body)
        assert status == 403 and "<Code>AccessDenied</Code>" in text


def test_a_body_of_no_length_is_refused(node):
    date = email.utils.formatdate(usegmt=True)
    fields = {"Date": date, "Authorization": version2("/suite-headers/foo", date)}
    status, text = answer(node, "/suite-headers/foo", fields, b"")
    assert status == 411 and "<Code>MissingContentLength</Code>" in text
