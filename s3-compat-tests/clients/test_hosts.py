"""Buckets as host names, and S3 over TLS whose certificate is renewed while clients work."""
import hashlib, http.client, os, random, socket, ssl, time, uuid
import boto3, pytest, rondo
from botocore.config import Config
from botocore.exceptions import ClientError
from tools import certificate


@pytest.fixture(scope="module")
def secure(tmp_path_factory):
    """A node that serves HTTPS, and buckets under s3.localhost."""
    folder = tmp_path_factory.mktemp("secure")
    chain, key = certificate(folder, "shown", "first")
    node = rondo.Node(folder, rondo.free_base_port(23000), ["--domain", "s3.localhost", "--tls-cert", str(chain),
                                                            "--tls-key", str(key)])
    node.chain, node.key = chain, key
    try:
        yield node.wait_until_ready()
    finally:
        assert node.stop() in (0, 143)


@pytest.fixture
def anywhere(monkeypatch):
    """Every name under localhost is this machine, also where the resolver doesn't know."""
    resolve = socket.getaddrinfo
    monkeypatch.setattr(socket, "getaddrinfo", lambda host, *rest, **more: resolve(
        "127.0.0.1" if str(host).endswith("localhost") else host, *rest, **more))


def connect(node, style):
    return boto3.client("s3", endpoint_url=f"https://s3.localhost:{node.base}", aws_access_key_id=rondo.ACCESS,
                        aws_secret_access_key=rondo.SECRET, region_name="us-east-1", verify=False,
                        config=Config(s3=dict(addressing_style=style), signature_version="s3v4",
                                      retries=dict(max_attempts=1)))


@pytest.mark.filterwarnings("ignore")
def test_a_bucket_is_a_host(secure, anywhere):
    s3 = connect(secure, "virtual")
    bucket = f"host-{uuid.uuid4()}"
    s3.create_bucket(Bucket=bucket)
    body = random.Random(5).randbytes(9 << 20)
    for key in ("plain", bucket, "a//b", "ключ %2F"):
        s3.put_object(Bucket=bucket, Key=key, Body=body)
        assert hashlib.sha256(s3.get_object(Bucket=bucket, Key=key)["Body"].read()).digest() \
            == hashlib.sha256(body).digest()
    by_path = connect(secure, "path")
    assert [e["Key"] for e in by_path.list_objects_v2(Bucket=bucket)["Contents"]] \
        == sorted(["plain", bucket, "a//b", "ключ %2F"])
    s3.delete_objects(Bucket=bucket, Delete=dict(Objects=[dict(Key=e["Key"]) for e in
                                                          s3.list_objects_v2(Bucket=bucket)["Contents"]]))
    s3.delete_bucket(Bucket=bucket)
    with pytest.raises(ClientError) as gone:
        s3.list_objects_v2(Bucket=bucket)
    assert gone.value.response["Error"]["Code"] == "NoSuchBucket"


def shown(node):
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection(("127.0.0.1", node.base), timeout=5) as plain:
        with context.wrap_socket(plain, server_hostname="localhost") as wrapped:
            return wrapped.getpeercert(binary_form=True)


def test_a_certificate_is_renewed_without_a_restart(secure, tmp_path):
    first = shown(secure)
    context = ssl.create_default_context()
    context.check_hostname, context.verify_mode = False, ssl.CERT_NONE
    kept = http.client.HTTPSConnection("127.0.0.1", secure.base, context=context, timeout=30)
    kept.request("GET", "/")
    assert kept.getresponse().read()

    (tmp_path / "garbage").write_text("no certificate\n")
    os.replace(tmp_path / "garbage", secure.chain)
    chain, key = certificate(tmp_path, "next", "second")
    time.sleep(6)
    assert shown(secure) == first, "what can't be used changes nothing"

    os.replace(key, secure.key)
    os.replace(chain, secure.chain)
    end = time.monotonic() + 20
    while shown(secure) == first:
        assert time.monotonic() < end, secure.log.read_text()
        time.sleep(0.2)
    kept.request("GET", "/")
    assert kept.getresponse().status == 403, "a connection from before goes on"
