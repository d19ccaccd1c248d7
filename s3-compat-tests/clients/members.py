"""A cluster of real nodes, each in a network namespace, and what may happen to them."""
import email.utils, functools, http.client, json, os, pathlib, shutil, signal, struct, subprocess, time, warnings
from netns import Net
import rondo

HAS_CLOCKS = bool(shutil.which("cc"))


@functools.cache
def clock_library():
    library = rondo.ROOT / "s3-compat-tests" / "target" / "clock.so"
    library.parent.mkdir(exist_ok=True)
    source = pathlib.Path(__file__).with_name("clock.c")
    subprocess.run(["cc", "-O2", "-shared", "-fPIC", "-o", str(library), str(source), "-ldl"], check=True)
    return library


class Member(rondo.Process):
    """A node in a namespace, whose clock can be moved where a C compiler is there."""

    def __init__(self, net, n, folder, arguments=()):
        self.net, self.n, self.folder = net, n, folder / f"node{n}"
        self.folder.mkdir(parents=True, exist_ok=True)
        self.arguments, self.clock = arguments, self.folder / "clock"
        self.start()

    def start(self):
        host, first = self.net.address(self.n), self.net.address(0)
        join = ["--join", f"{first}:9002", "--token-file", str(self.folder.parent / "node0" / "data" / "join-token")]
        extra = {"JDK_JAVA_OPTIONS": "-Xmx512m"}
        self.set_clock(0)
        if HAS_CLOCKS:
            extra |= {"LD_PRELOAD": str(clock_library()), "CLOCK_SECONDS": str(self.clock)}
        super().__init__(
            [*self.net.command(self.n), str(rondo.ROOT / "rondo"), "server", "--data", str(self.folder / "data"),
             "--s3-listen", f"{host}:9000", "--admin-listen", "127.0.0.1:9001",
             "--health-listen", f"{host}:9003", "--node-listen", f"{host}:9002",
             "--node", f"node{self.n}", "--zone", f"zone{self.n}", *self.arguments, *(join if self.n else ["--found"])],
            self.folder / "log", rondo.environment(extra))

    @property
    def endpoint(self):
        return f"http://{self.net.address(self.n)}:9000"

    def set_clock(self, seconds):
        """So much ahead of what is right."""
        with self.clock.open("r+b" if self.clock.exists() else "wb") as file:
            file.write(struct.pack("=q", seconds))

    def asks(self, path):
        try:
            connection = http.client.HTTPConnection(self.net.address(self.n), 9003, timeout=5)
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        except (OSError, http.client.HTTPException):
            return 0, ""

    def tells(self):
        """Its time, in seconds since 1970."""
        connection = http.client.HTTPConnection(self.net.address(self.n), 9000, timeout=30)
        connection.request("GET", "/")
        return email.utils.parsedate_to_datetime(connection.getresponse().headers["Date"]).timestamp()

    def ready(self):
        return self.asks("/health/ready")[0] == 200

    def whole(self):
        return self.asks("/health/whole")[0] == 200

    def metrics(self):
        """By name; empty when it doesn't answer."""
        lines = self.asks("/metrics")[1].splitlines()
        return {name: float(value) for name, value in (line.rsplit(maxsplit=1) for line in lines if not line.startswith("#"))}

    def settled(self, nodes):
        told = self.metrics()
        return told.get("rondo_layout_nodes") == nodes and told.get("rondo_layout_moving") == 0

    def status(self):
        """What `rondo status` shows, asked of this node."""
        shown = subprocess.run([*self.net.command(self.n), str(rondo.ROOT / "rondo"), "status", "--json"],
                               env=rondo.environment(), capture_output=True, text=True, timeout=120)
        assert shown.returncode == 0, shown.stderr
        return json.loads(shown.stdout)


class Members(list):
    """A cluster; a context that ends with nothing of it left."""

    def __init__(self, size, folder, arguments=(), spare=0):
        self.size, self.folder, self.arguments = size, folder, arguments
        self.net, self.told = Net(size + spare), []

    def __enter__(self):
        try:
            for n in range(self.size):
                self.add()
                if n == 0:
                    self[0].wait_for(self[0].ready, "ready")
            self.wait_until_settled()
            return self
        except BaseException:
            self.__exit__()
            raise

    def add(self):
        self.append(Member(self.net, len(self), self.folder, self.arguments))

    def wait_until_settled(self, seconds=rondo.START_SECONDS):
        for member in self:
            member.wait_for(lambda: member.ready() and member.settled(len(self)), f"one of {len(self)}", seconds)

    def wait_until_whole(self, seconds=240):
        end = time.monotonic() + seconds
        while not all(member.whole() and member.metrics().get("rondo_hints_waiting") == 0 for member in self):
            assert time.monotonic() < end, [member.asks("/health/whole") for member in self]
            time.sleep(0.2)

    def wait_until_told_whole(self, seconds=120):
        """By `rondo status`, which asks all nodes: one that is too busy to answer counts as lacking all."""
        end, copies = time.monotonic() + seconds, {}
        while not (copies.get("whole") and copies["partitionsUnderReplicated"] == 0 and copies["hintsWaiting"] == 0):
            assert time.monotonic() < end, json.dumps(copies)
            copies = self[0].status()["copies"]

    def __exit__(self, *_):
        for member in self:
            member.process.kill()
        for member in self:
            member.process.wait(30)
        self.net.close()


def pause(members, victims):
    for victim in victims:
        os.kill(victim.pid, signal.SIGSTOP)
    yield
    for victim in victims:
        os.kill(victim.pid, signal.SIGCONT)


def kill(members, victims):
    for victim in victims:
        victim.kill()
    yield
    for victim in victims:
        victim.start()


def kill_all(members, victims):
    for member in members:
        member.process.kill()
    yield
    for member in members:
        member.process.wait(30)
        member.start()


def isolate(members, victims):
    _cut(members, victims, both=True)
    yield
    members.net.mend()


def deafen(members, victims):
    """What the nodes send arrives, but nothing comes to them."""
    _cut(members, victims, to=True)
    yield
    members.net.mend()


def mute(members, victims):
    _cut(members, victims)
    yield
    members.net.mend()


def _cut(members, victims, to=False, both=False):
    for victim in victims:
        for other in members:
            if other is not victim and (to or both):
                members.net.cut(other.n, victim.n)
            if other is not victim and not to:
                members.net.cut(victim.n, other.n)


def slow(members, victims):
    how = {members.net.slow(victim.n) for victim in victims}
    if how != {"netem"}:
        warnings.warn("no netem in this kernel: " + ("links of 300 kbit/s instead" if how == {"tbf"} else "nothing is slow"))
    yield
    members.net.mend()


def mistime(members, victims):
    """An hour ahead, too far for signatures; then back by more than that."""
    for victim in victims:
        victim.wait_for(victim.ready, "ready to tell the time")
        victim.set_clock(3600)
        assert abs(victim.tells() - time.time() - 3600) < 60
    time.sleep(2)
    for victim in victims:
        victim.set_clock(-600)
    yield
    for victim in victims:
        victim.set_clock(0)


FAULTS = [pause, kill, kill_all, isolate, deafen, mute, slow] + ([mistime] if HAS_CLOCKS else [])


def torment(members, chance, faults):
    """One fault after the other on random nodes, each ended before the next; ends when all are ready."""
    for fault in faults:
        time.sleep(0.5)
        victims = chance.sample(members, chance.randint(1, len(members) // 2))
        members.told.append(f"{time.monotonic():.1f} {fault.__name__} {[v.n + 1 for v in victims]}")
        running = fault(members, victims)
        next(running)
        time.sleep(chance.uniform(2, 5))
        next(running, None)
        if chance.random() < 0.7:
            for member in members:
                member.wait_for(member.ready, "ready again")
    for member in members:
        member.wait_for(member.ready, "ready again")
