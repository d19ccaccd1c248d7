"""Nodes of the release before this one and of this one in one cluster, while clients work."""
import concurrent.futures, hashlib, http.client, random, shutil, subprocess, threading, time
import pytest
from botocore.exceptions import BotoCoreError, ClientError
from conftest import connect
import rondo

BUCKET, VERSIONED = "upgrade", "upgrade-versioned"


@pytest.fixture(scope="session")
def previous():
    """The folder of the previous release, built."""
    if not shutil.which("git") or not shutil.which("mvn"):
        pytest.skip("the previous release is built from this tree's history, which needs git and mvn")
    built = subprocess.run([str(rondo.ROOT / "s3-compat-tests" / "get-previous")], text=True, stdout=subprocess.PIPE,
                           stderr=subprocess.PIPE)
    if built.returncode == 2:
        pytest.skip(f"the previous release can't be built: {built.stderr.strip()}")
    assert built.returncode == 0, built.stderr
    return built.stdout.strip()


class Client(threading.Thread):
    """Writes through one node and reads through another, and knows what must be found.

    What a node refuses while it is restarted says nothing: `away` has those.
    """

    away = set()

    def __init__(self, n, endpoints):
        super().__init__()
        self.n, self.stopped, self.wrong, self.refused, self.done = n, threading.Event(), [], [], 0
        self.expected = {}
        self.clients = {endpoint: connect(endpoint, attempts=1, timeout=10) for endpoint in endpoints}
        self.start()

    def run(self):
        chance = random.Random(self.n)
        while not self.stopped.is_set():
            bucket, key = chance.choice([BUCKET, VERSIONED]), f"{self.n}-{chance.randrange(12)}"
            chosen = chance.sample(list(self.clients), 2)
            writer, reader = (self.clients[endpoint] for endpoint in chosen)
            restarted = self.away.intersection(chosen)
            body = chance.randbytes(chance.choice([10, 3000, 40_000, 5 << 20] if chance.random() < 0.1 else [10, 40_000]))
            try:
                self.write(writer, bucket, key, None if chance.random() < 0.1 else body)
                self.read(reader, bucket, key)
                self.done += 1
                time.sleep(0.02)  # leaves the nodes some of a small machine
            except BotoCoreError:
                time.sleep(0.05)  # of a node that is being restarted
            except ClientError as error:
                if not restarted and not self.away.intersection(chosen):
                    self.refused.append(error)
                time.sleep(0.05)

    def write(self, client, bucket, key, body):
        allowed = self.expected.setdefault((bucket, key), {None})
        allowed.add(body and hashlib.md5(body).hexdigest())
        if body is None:
            client.delete_object(Bucket=bucket, Key=key)
        else:
            client.put_object(Bucket=bucket, Key=key, Body=body)
        self.expected[bucket, key] = {body and hashlib.md5(body).hexdigest()}

    def read(self, client, bucket, key):
        try:
            found = hashlib.md5(client.get_object(Bucket=bucket, Key=key)["Body"].read()).hexdigest()
        except ClientError as error:
            if error.response["Error"]["Code"] != "NoSuchKey":
                raise
            found = None
        if found not in self.expected[bucket, key]:
            self.wrong.append((bucket, key, found, self.expected[bucket, key]))

    def stop(self):
        self.stopped.set()
        self.join(60)


class Upgraded(rondo.Node):
    """A node whose program is chosen at each start."""

    def __init__(self, n, folder, base, program):
        self.n, self.first = n, base
        self.arguments = ["--zone", f"zone{n}", *(["--engine", "rocksdb"] if n == 2 else [])]
        if n:
            self.arguments += ["--join", f"127.0.0.1:{base + 2}", "--token-file", str(folder / "node0" / "data" / "join-token")]
        self.place, self.port = folder / f"node{n}", base + 10 * n
        self.start(program)

    def start(self, program):
        self.program = program
        super().__init__(self.place, self.port, self.arguments, env={"JDK_JAVA_OPTIONS": "-Xmx512m"}, program=program)

    def stop(self):
        Client.away.add(self.endpoint)
        return super().stop()

    def restart(self, program):
        assert self.stop() in (0, 143)
        self.start(program)
        self.wait_until_ready()

    def wait_until_ready(self, *seconds):
        super().wait_until_ready(*seconds)
        Client.away.discard(self.endpoint)

    def whole(self):
        return self.asks("/health/whole")[0] == 200

    def asks(self, path):
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.base + 1, timeout=5)
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            return 0, ""

    def metric(self, name):
        values = [line.split()[1] for line in self.asks("/metrics")[1].splitlines() if line.startswith(name + " ")]
        return float(values[0]) if values else None


def cli(node, program, *words):
    told = subprocess.run([f"{program}/rondo", *words, "--admin", f"127.0.0.1:{node.base + 1}"],
                          env=rondo.environment(), capture_output=True, text=True, timeout=120)
    assert told.returncode == 0, told.stderr
    return told.stdout


def test_a_cluster_is_upgraded_node_by_node_and_goes_back_until_the_last_one_is(tmp_path, previous):
    now, base = str(rondo.ROOT), rondo.free_base_port(27000)
    nodes = []
    clients = []
    try:
        for n in range(3):
            nodes.append(Upgraded(n, tmp_path, base, previous))
            nodes[n].wait_until_ready()
        for node in nodes:
            node.wait_for(lambda: node.metric("rondo_layout_replicas") == 3 and node.metric("rondo_layout_moving") == 0
                          and node.whole(), "one of three")
        s3 = connect(nodes[0].endpoint)
        for bucket in (BUCKET, VERSIONED):
            s3.create_bucket(Bucket=bucket)
        s3.put_bucket_versioning(Bucket=VERSIONED, VersioningConfiguration={"Status": "Enabled"})
        assert "alice" in cli(nodes[0], previous, "user", "add", "alice")
        clients = [Client(n, [node.endpoint for node in nodes]) for n in range(2)]
        nodes[0].restart(now)
        nodes[0].restart(previous)
        for node in nodes:
            assert node.metric("rondo_layout_release") in (None, 0)
            node.restart(now)
        for node in nodes:
            node.wait_for(lambda: node.metric("rondo_layout_release") == 1, "of the new release")
        assert "alice" in cli(nodes[1], now, "user", "list")

        # Now the layout is one that the older program can't read: it says so, and leaves the node's data alone.
        assert nodes[2].stop() in (0, 143)
        nodes[2].start(previous)
        assert nodes[2].process.wait(60) == 2
        assert nodes[2].log.read_text().splitlines()[-1].startswith("rondo: version 4 of layouts is not known")
        nodes[2].start(now)
        nodes[2].wait_until_ready()
        for client in clients:
            client.stop()
        with concurrent.futures.ThreadPoolExecutor(8) as pool:
            for client in clients:
                list(pool.map(lambda at: client.read(s3, *at), client.expected))
        for node in nodes:
            node.wait_for(node.whole, "whole", 240)
        assert [client.wrong for client in clients] == [[], []]
        done, refused = sum(client.done for client in clients), sum(len(client.refused) for client in clients)
        assert done > 100 and refused < done / 4, (done, refused)
    finally:
        for client in clients:
            client.stopped.set()
        for node in nodes:
            node.process.kill()
            node.process.wait(30)
