"""More honest clients than there is memory for wait or are told to slow down; clients that hang take nothing from others."""
import concurrent.futures, http.client, random, socket, ssl, subprocess, urllib.parse, warnings
import pytest
from conftest import connect
from tools import certificate
import rondo

CLIENTS, SIZE = 48, 16 << 20


def once(url, body, method):
    """Status and length of one answer; an exception when the connection ends without one."""
    address = urllib.parse.urlsplit(url)
    connection = http.client.HTTPConnection(address.netloc, timeout=120)
    try:
        connection.request(method, f"{address.path}?{address.query}", body, {"Expect": "100-continue"} if body else {})
        answer = connection.getresponse()
        return answer.status, len(answer.read())
    finally:
        connection.close()


@pytest.fixture
def small_disk(tmp_path):
    """The third node's folder, on a file system that a few objects fill; an ordinary folder where it can't be mounted."""
    folder = tmp_path / "dev" / "node3"
    folder.mkdir(parents=True)
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=96m", "tmpfs", str(folder)], capture_output=True)
    if mounted.returncode:
        warnings.warn("no file system can be mounted here: no disk is full")
    yield
    if not mounted.returncode:
        subprocess.run(["umount", str(folder)], check=True)


def test_many_large_requests_at_once_are_all_answered_also_beside_a_full_disk(tmp_path, small_disk):
    cluster = rondo.Cluster(tmp_path, rondo.free_base_port(),
                            env={"JDK_JAVA_OPTIONS": "-Xmx512m"}).wait_until_ready()
    try:
        clients = [connect(endpoint) for endpoint in cluster.endpoints]
        clients[0].create_bucket(Bucket="crowd")
        body = random.Random(3).randbytes(SIZE)

        def work(n):
            params = dict(Bucket="crowd", Key=f"k{n}")
            client = clients[n % 3]
            put = once(client.generate_presigned_url("put_object", params), body, "PUT")
            get = once(client.generate_presigned_url("get_object", params), None, "GET") if put[0] == 200 else (404, 0)
            return put, get

        with concurrent.futures.ThreadPoolExecutor(CLIENTS) as pool:
            outcomes = list(pool.map(work, range(CLIENTS)))
        assert {put[0] for put, _ in outcomes} <= {200, 503}, outcomes
        assert sum(put[0] == 200 for put, _ in outcomes) >= CLIENTS // 4
        assert {get[0] for put, get in outcomes if put[0] == 200} <= {200, 503}, outcomes
        assert all(get[1] == SIZE for _, get in outcomes if get[0] == 200)
    finally:
        cluster.stop()
        assert not [log for log in tmp_path.rglob("*") if log.is_file() and "log" in log.name
                    and log.stat().st_size < 1 << 20 and b"OutOfMemoryError" in log.read_bytes()]


def hang(base, kind):
    """A connection that begins a TLS handshake, and goes no further than its kind says."""
    plain = socket.create_connection(("127.0.0.1", base), timeout=30)
    if kind == "half a hello":
        plain.sendall(bytes.fromhex("16030102000100"))
    elif kind == "a long record":
        plain.sendall(bytes.fromhex("1603014000") + bytes(9_000))
    return plain


def test_handshakes_that_hang_leave_others_served_and_are_cut_off(tmp_path):
    chain, key = certificate(tmp_path, "shown", "hanging")
    node = rondo.Node(tmp_path, rondo.free_base_port(24500), ["--tls-cert", str(chain), "--tls-key", str(key)],
                      env={"JDK_JAVA_OPTIONS": "-Xmx256m"})
    hanging = []
    try:
        node.wait_until_ready()
        context = ssl.create_default_context(cafile=str(chain))

        def serves():
            with socket.create_connection(("127.0.0.1", node.base), timeout=60) as plain, \
                    context.wrap_socket(plain, server_hostname="localhost") as safe:
                safe.sendall(b"GET /nothing HTTP/1.1\r\nhost: localhost\r\n\r\n")
                return safe.recv(12) == b"HTTP/1.1 404"

        for n in range(2_000):
            hanging.append(hang(node.base, ("nothing", "half a hello", "a long record")[n % 3]))
            if n % 250 == 249:
                assert serves()
        for one in hanging:
            try:
                while one.recv(4096):
                    pass
            except ConnectionError:
                pass
        assert serves()
    finally:
        for one in hanging:
            one.close()
        assert node.stop() in (0, 143)
    assert b"OutOfMemoryError" not in node.log.read_bytes()
