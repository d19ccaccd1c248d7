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


def serving(process):
    try:
        yield process.wait_until_ready()
    finally:
        assert process.stop() in (0, 143)


@pytest.fixture(scope="session")
def one_node(tmp_path_factory):
    yield from serving(rondo.Node(tmp_path_factory.mktemp("rondo"), rondo.free_base_port()))


@pytest.fixture(scope="session")
def three_nodes(tmp_path_factory):
    yield from serving(rondo.Cluster(tmp_path_factory.mktemp("rondo"), rondo.free_base_port()))


@pytest.fixture(scope="session", params=["one node", "three nodes"])
def server(request):
    """Rondo, on one node and on three; both run until all tests that share them are done."""
    return request.getfixturevalue(request.param.replace(" ", "_"))


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
    yield from serving(node)
