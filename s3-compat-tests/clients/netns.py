"""Network namespaces on a bridge of their own, one per node; silence and slowness between them."""
import os, shutil, subprocess
import pytest

NOBODY = "02:00:00:00:00:01"  # frames to it go into the bridge and to no one


class Net:
    """`10.77.K.1` and on, one address per namespace; this machine is `10.77.K.254`. Removed by close()."""

    def __init__(self, size):
        if os.geteuid() != 0 or not shutil.which("ip"):
            pytest.skip("network namespaces need root and the program ip")
        tag = os.getpid() % 10_000
        self.third = os.getpid() % 250
        self.bridge = f"rb{tag}"
        self.names = [f"rn{tag}-{n}" for n in range(1, size + 1)]
        try:
            self._make()
        except subprocess.CalledProcessError as failed:
            self.close()
            pytest.skip(f"no network namespaces on this machine: {failed.stderr.strip()}")

    def _make(self):
        ip("link", "add", self.bridge, "type", "bridge")
        ip("addr", "add", f"10.77.{self.third}.254/24", "dev", self.bridge)
        ip("link", "set", self.bridge, "up")
        for n, name in enumerate(self.names):
            outside = f"{name}v"
            ip("netns", "add", name)
            ip("link", "add", outside, "type", "veth", "peer", "name", "eth0", "netns", name)
            ip("link", "set", outside, "master", self.bridge, "up")
            ip("-n", name, "addr", "add", f"{self.address(n)}/24", "dev", "eth0")
            ip("-n", name, "link", "set", "eth0", "up")
            ip("-n", name, "link", "set", "lo", "up")

    def address(self, n):
        return f"10.77.{self.third}.{n + 1}"

    def command(self, n):
        """What to put before a command so that it runs there."""
        return ["ip", "netns", "exec", self.names[n]]

    def cut(self, source, target):
        """What the one sends to the other vanishes; what the other sends arrives."""
        ip("-n", self.names[source], "neigh", "replace", self.address(target), "lladdr", NOBODY, "dev", "eth0",
           "nud", "permanent")

    def mend(self):
        for name in self.names:
            quietly("ip", "-n", name, "neigh", "flush", "dev", "eth0", "nud", "permanent")
            quietly("tc", "-n", name, "qdisc", "del", "dev", "eth0", "root")

    def slow(self, n):
        """What it sends is late and partly lost; says how. Without netem in the kernel, a narrow link does it."""
        netem = ["netem", "delay", "80ms", "60ms", "loss", "5%"]
        narrow = ["tbf", "rate", "300kbit", "burst", "4kb", "latency", "300ms"]
        for how in (netem, narrow):
            if quietly("tc", "-n", self.names[n], "qdisc", "replace", "dev", "eth0", "root", *how):
                return how[0]
        return None

    def close(self):
        for name in self.names:
            quietly("ip", "link", "del", f"{name}v")  # by itself it goes some time after the namespace
            quietly("ip", "netns", "del", name)
        quietly("ip", "link", "del", self.bridge)


def ip(*words):
    subprocess.run(["ip", *words], check=True, capture_output=True, text=True)


def quietly(*words):
    """Whether it worked."""
    return bool(shutil.which(words[0])) and subprocess.run(words, capture_output=True).returncode == 0
