"""Machines as operators have them: each with a name, a network, a shell, a /etc and a /var/lib of its own."""
import os, pathlib, queue, shutil, signal, subprocess, threading, time, uuid
from netns import Net
import rondo

STAND_INS = pathlib.Path(__file__).with_name("machine-tools")
TREE = pathlib.Path(__file__).resolve().parents[2]

# Bind mounts in the shell's own mount namespace; other files of /etc are this machine's.
BOOT = """
set -e
echo "$MACHINE" >/proc/sys/kernel/hostname 2>/dev/null || hostname "$MACHINE"
mount --bind /etc "$PLACE/real-etc"
mount --bind "$PLACE/etc" /etc
mount --bind /opt "$PLACE/real-opt"
mount --bind "$PLACE/opt" /opt
mount --bind "$PLACE/lib" /var/lib
cd /root 2>/dev/null || cd /
exec bash --noprofile --norc
"""


class Machine:
    """One machine. Its shell runs one command after the other, and remembers what was exported."""

    def __init__(self, net, n, name, folder, hosts):
        self.net, self.n, self.name, self.place = net, n, name, folder / name
        for part in ("etc", "etc/systemd/system", "lib", "opt", "real-etc", "real-opt"):
            (self.place / part).mkdir(parents=True, exist_ok=True)
        for kind, own in (("etc", ("hosts", "hostname", "systemd")), ("opt", ("rondo",))):
            for entry in pathlib.Path("/", kind).iterdir():
                if entry.name not in own:
                    (self.place / kind / entry.name).symlink_to(self.place / f"real-{kind}" / entry.name)
        (self.place / "opt" / "rondo").symlink_to(TREE)
        (self.place / "etc" / "hosts").write_text(hosts)
        env = {k: v for k, v in os.environ.items() if not k.startswith(("RONDO_", "AWS_", "JDK_", "LD_"))}
        env.update(MACHINE=name, PLACE=str(self.place), TREE=str(TREE), TERM="dumb", LANG="C.UTF-8",
                   PATH=":".join([str(STAND_INS), str(folder / "bin"), env["PATH"]]))
        self.shell = subprocess.Popen(
            [*net.command(n), "unshare", "--uts", "bash", "-c", BOOT], env=env, text=True, start_new_session=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        self.lines = queue.Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.shell.stdout:
            self.lines.put(line.rstrip("\n"))
        self.lines.put(None)

    def run(self, command, seconds=660):
        """Everything that the command prints, as lines."""
        end = f"end-{uuid.uuid4()}"
        self.shell.stdin.write(f"{command}\necho; echo {end}\n")
        self.shell.stdin.flush()
        until, said = time.monotonic() + seconds, []
        while True:
            try:
                line = self.lines.get(timeout=max(0.01, until - time.monotonic()))
            except queue.Empty:
                raise AssertionError(f"{self.name}$ {command}\nhasn't ended within {seconds} s:\n" + "\n".join(said))
            if line is None:
                raise AssertionError(f"{self.name}$ {command}\nended the shell:\n" + "\n".join(said))
            if line == end:
                return said[:-1] if said and not said[-1] else said  # without the newline before the mark
            said.append(line)

    @property
    def journal(self):
        file = self.place / "journal"
        return file.read_text() if file.exists() else ""

    def end(self):
        """Kills what runs here, and only that."""
        pid = self.place / "pid"
        if pid.exists():
            try:
                os.kill(int(pid.read_text()), signal.SIGKILL)
            except (ProcessLookupError, ValueError):
                pass
        os.killpg(self.shell.pid, signal.SIGKILL)
        self.shell.wait(30)


class Machines:
    """Some machines on one network, by their names. A context that ends with nothing of them left."""

    def __init__(self, folder, names):
        self.folder, self.names = folder, names
        self.net = Net(len(names))
        (folder / "bin").mkdir(parents=True, exist_ok=True)
        (folder / "bin" / "rondo").symlink_to(rondo.ROOT / "rondo")
        for tool in ("aws",):
            found = shutil.which(tool) or str(pathlib.Path(os.sys.executable).with_name(tool))
            if pathlib.Path(found).exists():
                (folder / "bin" / tool).symlink_to(found)

    def __enter__(self):
        hosts = "127.0.0.1 localhost\n" + "".join(
            f"{self.net.address(n)} {name}\n" for n, name in enumerate(self.names))
        self.all = {name: Machine(self.net, n, name, self.folder, hosts) for n, name in enumerate(self.names)}
        return self

    def __getitem__(self, name):
        return self.all[name]

    def __exit__(self, *_):
        for machine in self.all.values():
            machine.end()
        self.net.close()
