import sys, pathlib, pytest, boto3
from botocore.config import Config

sys.path.insert(0, str(pathlib.Path(__file__).parent))
import rondo, tools


def pytest_configure(config):
    if not hasattr(config, "workerinput"):
        rondo.build()


def connect(endpoint, **options):
    config = Config(retries=dict(max_attempts=options.pop("attempts", 4), mode="standard"),
                    connect_timeout=5, read_timeout=options.pop("timeout", 60), s3=dict(addressing_style="path"),
                    signature_version="s3v4",
                    max_pool_connections=64, **options)
    return boto3.client("s3", endpoint_url=endpoint, aws_access_key_id=rondo.ACCESS,
                        aws_secret_access_key=rondo.SECRET, region_name="us-east-1", config=config)


@pytest.fixture(scope="session", params=["one node", "three nodes"])
def server(request, tmp_path_factory):
    """Rondo, on one node and on three."""
    folder = tmp_path_factory.mktemp("rondo")
    base = rondo.free_base_port()
    process = rondo.Node(folder, base) if request.param == "one node" else rondo.Cluster(folder, base)
    try:
        yield process.wait_until_ready()
    finally:
        assert process.stop() in (0, 143)


@pytest.fixture
def s3(server):
    return connect(server.endpoint)


@pytest.fixture(scope="session")
def safe(tmp_path_factory):
    """One node that serves HTTPS; `authority` is the file of its certificate."""
    folder = tmp_path_factory.mktemp("safe")
    chain, key = tools.certificate(folder, "shown", "safe")
    node = rondo.Node(folder, rondo.free_base_port(24000), ["--tls-cert", str(chain), "--tls-key", str(key)])
    node.authority, node.safe_endpoint = chain, f"https://127.0.0.1:{node.base}"
    try:
        yield node.wait_until_ready()
    finally:
        assert node.stop() in (0, 143)
