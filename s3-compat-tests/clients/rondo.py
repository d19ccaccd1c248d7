"""Rondo as a process: one node, or the three of `rondo dev`; started, killed and watched by tests."""
import http.client, os, pathlib, re, signal, socket, subprocess, sys, time

ROOT = pathlib.Path(__file__).resolve().parents[2]
ACCESS, SECRET = "RONDOTESTROOT0000001", "rondoTestRootSecretKey000000000000000001"
START_SECONDS = 120


# Which of at most two processes that share the tests this one is.
WORKER = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])


def free_base_port(start=19000):
    """A base port such that it and the 29 ports after it are free, and not another worker's."""
    for base in range(start + 50 * WORKER, 32000, 100):
        try:
            for port in range(base, base + 30):
                with socket.socket() as probe:
                    probe.bind(("127.0.0.1", port))
            return base
        except OSError:
            continue
    raise RuntimeError("no free range of 30 ports on 127.0.0.1")


def ready(admin_port):
    try:
        connection = http.client.HTTPConnection("127.0.0.1", admin_port, timeout=2)
        connection.request("GET", "/health/ready")
        return connection.getresponse().status == 200
    except (OSError, http.client.HTTPException):
        return False


class Process:
    """A program under test, its output kept in a file."""

    def __init__(self, command, log, env):
        self.log = pathlib.Path(log)
        with self.log.open("a") as out:
            self.process = subprocess.Popen(command, env=env, stdout=out, stderr=subprocess.STDOUT)

    @property
    def pid(self):
        return self.process.pid

    def wait_for(self, condition, what, seconds=START_SECONDS):
        end = time.monotonic() + seconds
        while not condition():
            if self.process.poll() is not None:
                raise AssertionError(f"ended with {self.process.returncode} before {what}:\n{self.log.read_text()}")
            if time.monotonic() > end:
                raise AssertionError(f"not {what} within {seconds} s:\n{self.log.read_text()}")
            time.sleep(0.05)

    def stop(self, seconds=60):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
        return self.process.wait(seconds)

    def kill(self):
        self.process.kill()
        self.process.wait(30)


def environment(extra=None):
    env = {k: v for k, v in os.environ.items() if not k.startswith("RONDO_")}
    env.update(RONDO_ROOT_ACCESS_KEY=ACCESS, RONDO_ROOT_SECRET_KEY=SECRET)
    env.update(extra or {})
    return env


class Node(Process):
    """One `rondo server`."""

    def __init__(self, folder, base, arguments=(), env=None, data=None, program=ROOT):
        self.folder, self.base = pathlib.Path(folder), base
        self.folder.mkdir(parents=True, exist_ok=True)
        super().__init__(
            [f"{program}/rondo", "server", "--data", str(data or self.folder / "data"),
             "--s3-listen", f"127.0.0.1:{base}", "--admin-listen", f"127.0.0.1:{base + 1}",
             "--node-listen", f"127.0.0.1:{base + 2}", *arguments],
            self.folder / "log", environment(env))

    @property
    def endpoint(self):
        return f"http://127.0.0.1:{self.base}"

    def wait_until_ready(self, seconds=START_SECONDS):
        self.wait_for(lambda: ready(self.base + 1), "ready", seconds)
        return self


class Cluster(Process):
    """`rondo dev --nodes N`."""

    def __init__(self, folder, base, nodes=3, env=None):
        self.folder, self.base, self.nodes = pathlib.Path(folder), base, nodes
        self.folder.mkdir(parents=True, exist_ok=True)
        super().__init__(
            [str(ROOT / "rondo"), "dev", "--nodes", str(nodes), "--base-port", str(base),
             "--dir", str(self.folder / "dev")], self.folder / "log", environment(env))

    @property
    def endpoints(self):
        return [f"http://127.0.0.1:{self.base + 10 * n}" for n in range(self.nodes)]

    @property
    def endpoint(self):
        return self.endpoints[0]

    def wait_until_ready(self, seconds=START_SECONDS):
        self.wait_for(lambda: all(ready(self.base + 10 * n + 1) for n in range(self.nodes))
                      and "ready" in self.log.read_text().lower(), "ready", seconds)
        return self

    def node_pids(self):
        """Each node's process id, by the S3 port that its command line names."""
        pids = {}
        for entry in pathlib.Path("/proc").iterdir():
            if entry.name.isdigit():
                try:
                    line = (entry / "cmdline").read_bytes().split(b"\0")
                except OSError:
                    continue
                for n in range(self.nodes):
                    if f"127.0.0.1:{self.base + 10 * n}".encode() in line and b"server" in line:
                        pids[n] = int(entry.name)
        return pids


def resident_mib(pid):
    """Peak resident memory of a process."""
    status = pathlib.Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status).group(1)) / 1024


def build():
    """Builds what is missing, before tests measure how long a start takes."""
    subprocess.run([str(ROOT / "rondo"), "--version"], check=True, stdout=sys.stderr)
