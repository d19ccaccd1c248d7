"""More honest clients than there is memory for: they wait or are told to slow down, and none is left without an answer."""
import concurrent.futures, http.client, random, urllib.parse
from conftest import connect
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


def test_many_large_requests_at_once_are_all_answered(tmp_path):
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
