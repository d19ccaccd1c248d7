"""Go's clients, built by get-clients: minio-go, with TLS and without, and the AWS SDK for Go 2."""
import pytest
from tools import ONE_NODE, environment, program, run


@ONE_NODE
@pytest.mark.parametrize("client", ["minio", "sdk"])
def test_programs_of_go(server, tmp_path, client):
    assert "all is well" in run([program("go-clients"), client, server.endpoint], environment(tmp_path), seconds=240)


def test_minio_go_over_tls(safe, tmp_path):
    """Trailers are signed without TLS only, so that both kinds come."""
    assert "all is well" in run([program("go-clients"), "minio", safe.safe_endpoint], environment(tmp_path), seconds=240)
