"""The chart's pods as real processes: what a kubelet, a stateful set's controller and helm do with its manifests."""
import http.client, json, os, pathlib, re, shutil, signal, subprocess, time
import pytest
from kube_api import Names
from netns import Net
import rondo

RENDERED = rondo.ROOT / "s3-compat-tests" / "target" / "rendered"
SERVER = rondo.ROOT / "gateway" / "server"
USER = 10001

# A root like the image's: of the machine's own programs, to be read only; then what the pod mounts.
BOOT = """
set -e
hostname "$NAME"
mount -t tmpfs tmpfs "$R"
for part in usr bin sbin lib lib64; do
  if [ -L /$part ]; then cp -P /$part "$R/"; elif [ -d /$part ]; then mkdir "$R/$part"; mount --bind /$part "$R/$part"; fi
done
mkdir -p "$R/proc" "$R/dev" "$R/etc" "$R/opt/java" "$R/opt/rondo" "$R/opt/bin"
mount --rbind /proc "$R/proc"; mount --rbind /dev "$R/dev"
mount --bind "$JAVA" "$R/opt/java"; mount --bind "$PROGRAM" "$R/opt/rondo"
cp "$PROGRAM/launcher" "$R/opt/bin/rondo"; chmod 755 "$R/opt/bin/rondo"
printf '127.0.0.1 localhost\n%s %s\n' "$IP" "$NAME" >"$R/etc/hosts"
echo "nameserver $DNS" >"$R/etc/resolv.conf"
echo "rondo:x:10001:10001::/tmp:/bin/sh" >"$R/etc/passwd"
while [ "$1" != -- ]; do mkdir -p "$R$2"; mount --bind "$1" "$R$2"; shift 2; done
shift
mount -o remount,ro,bind "$R"
exec chroot --userspec=10001:10001 --groups=10001 "$R" /usr/bin/env -i "$@"
"""


def find_java():
    """The home of a JDK 25, as the launcher finds it."""
    for home in [os.environ.get("JAVA_HOME", ""), *map(str, pathlib.Path("/usr/lib/jvm").glob("*"))]:
        release = pathlib.Path(home, "release")
        if home and release.exists() and re.search(r'JAVA_VERSION="(2[5-9]|[3-9]\d)', release.read_text()):
            return home
    pytest.skip("no JDK 25 in JAVA_HOME or /usr/lib/jvm")


def documents(name):
    """A rendering that RenderedFilesTest left."""
    file = RENDERED / f"{name}.json"
    if not file.exists():
        pytest.skip(f"{file} isn't there: the test RenderedFilesTest renders it")
    return json.loads(file.read_text())


def one(chart, kind, prefix=""):
    return next(it for it in chart if it["kind"] == kind and it["metadata"]["name"].startswith(prefix))


class Pod:
    """A pod: init containers to their end, then the first container as a process with an address of its own."""

    def __init__(self, kubelet, name, spec, claims=None):
        self.kubelet, self.name, self.spec = kubelet, name, spec
        self.n = kubelet.fresh()
        self.ip = kubelet.net.address(self.n)
        self.folder = kubelet.folder / "pods" / f"{name}-{self.n}"
        self.log = self.folder / "log"
        self.volumes = {volume["name"]: self._volume(volume) for volume in spec["volumes"]}
        self.volumes.update(claims or {})
        self.restarts = 0
        self.machine = f"machine-{name.rsplit('-', 1)[1]}-{self.n}"  # each time another one, of the same zone
        for container in spec.get("initContainers", []):
            status = self.start(container).wait(300)
            assert status == 0, f"{name}: {container['name']} ended with {status}: {self.log.read_text()}"
        self.process = self.start(spec["containers"][0])

    def _volume(self, volume):
        folder = self.folder / "volumes" / volume["name"]
        folder.mkdir(parents=True, exist_ok=True)
        sources = volume.get("projected", {}).get("sources", [])
        if "secret" in volume:
            secret = self.kubelet.api.secret(volume["secret"]["secretName"])
            assert secret is not None or volume["secret"].get("optional"), f"no secret for {volume}"
            items = volume["secret"].get("items") or [{"key": key, "path": key} for key in secret or {}]
            for item in items if secret else []:
                (folder / item["path"]).write_bytes(secret[item["key"]])
        if "configMap" in volume:
            for key, value in self.kubelet.configs[volume["configMap"]["name"]].items():
                (folder / key).write_text(value)
        for source in sources:
            if "serviceAccountToken" in source:
                (folder / source["serviceAccountToken"]["path"]).write_text(self.kubelet.api.token)
            else:
                shutil.copy(self.kubelet.api.certificate, folder / "ca.crt")
        for path in [folder, *folder.iterdir()]:
            os.chown(path, USER if "emptyDir" in volume else 0, USER)  # fsGroup
            path.chmod(0o2770 if path.is_dir() else 0o440)
        return folder

    def _variable(self, entry):
        if "valueFrom" not in entry:
            return entry["value"]
        source = entry["valueFrom"]
        if "secretKeyRef" in source:
            wanted = source["secretKeyRef"]
            value = (self.kubelet.api.secret(wanted["name"]) or {}).get(wanted["key"])
            assert value is not None or wanted.get("optional"), f"CreateContainerConfigError: {wanted}"
            return None if value is None else value.decode()
        return {"metadata.name": self.name, "spec.nodeName": self.machine}[source["fieldRef"]["fieldPath"]]

    def environment(self, container):
        values = {"PATH": "/opt/bin:/opt/java/bin:/usr/bin:/bin", "HOME": "/tmp", **self.kubelet.api.environment}
        for entry in container.get("env", []):
            value = self._variable(entry)
            if value is not None:
                values[entry["name"]] = re.sub(r"\$\((\w+)\)", lambda m: values.get(m[1], m[0]), value)
        return values

    def start(self, container):
        """Starts a container, or a probe's command with the same mounts."""
        values = self.environment(container)
        arguments = [re.sub(r"\$\((\w+)\)", lambda m: values.get(m[1], m[0]), a) for a in container.get("args", [])]
        mounts = [word for mount in container["volumeMounts"]
                  for word in (str(self.volumes[mount["name"]]), mount["mountPath"])]
        root = self.folder / "root"
        root.mkdir(parents=True, exist_ok=True)
        outside = {**self.kubelet.outside, "R": str(root), "NAME": self.name, "IP": self.ip, "PATH": os.environ["PATH"]}
        command = [*self.kubelet.net.command(self.n), "unshare", "--mount", "--uts", "bash", "-c", BOOT, "boot", *mounts, "--",
                   *(f"{k}={v}" for k, v in values.items()), *container.get("command", ["rondo"]), *arguments]
        with self.log.open("a") as out:
            return subprocess.Popen(command, env=outside, stdout=out, stderr=subprocess.STDOUT)

    def probe(self, path):
        try:
            connection = http.client.HTTPConnection(self.ip, 9003, timeout=3)
            connection.request("GET", path)
            return connection.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False

    def restart(self):
        self.restarts += 1
        assert self.restarts < 5, f"{self.name} ended with {self.process.returncode}: {self.log.read_text()[-4000:]}"
        self.process = self.start(self.spec["containers"][0])

    @property
    def ready(self):
        return self.process.poll() is None and self.probe("/health/ready")

    def delete(self, grace=None):
        """As a kubelet does: the hook, SIGTERM, and after the time of grace SIGKILL."""
        if self.process.poll() is None:
            hook = self.spec["containers"][0].get("lifecycle", {}).get("preStop")
            if hook and grace != 0:
                subprocess.run(hook["exec"]["command"], check=True)
            self.process.send_signal(signal.SIGKILL if grace == 0 else signal.SIGTERM)
            try:
                self.process.wait(self.spec.get("terminationGracePeriodSeconds", 30))
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait(30)


class Kubelet:
    """Machines of a cluster, a stateful set's controller, and helm, on a network of their own."""

    def __init__(self, folder, api, addresses=20):
        self.folder, self.api, self.used = folder, api, 0
        self.net = Net(addresses)
        self.pods, self.addresses, self.applied = {}, {}, None
        self.configs, self.watch = {}, None
        program = folder / "program"
        (program / "lib").mkdir(parents=True)
        jars = [*SERVER.glob("target/*.jar"), *SERVER.glob("target/lib/*.jar")]
        for jar in jars:
            os.link(jar, program / "lib" / jar.name) if jar.stat().st_dev == folder.stat().st_dev else shutil.copy(
                jar, program / "lib")
        (program / "classpath").write_text(":".join(f"/opt/rondo/lib/{jar.name}" for jar in jars))
        shutil.copy(SERVER / "src/main/resources/rondo/server/image/launcher", program / "launcher")
        self.outside = {"JAVA": find_java(), "PROGRAM": str(program), "DNS": f"10.77.{self.net.third}.254"}
        self.dns = Names(self.outside["DNS"])
        api.listen(self.net)

    def fresh(self):
        """The number of an address that no pod had before."""
        self.used += 1
        return self.used - 1

    def names(self):
        """What DNS says from now on: pods by name, and the services as one of those that are ready."""
        records = {f"{name}.t-rondo-nodes.spaces.svc": ip for name, ip in self.addresses.items()}
        ready = [pod for pod in self.pods.values() if pod.ready]
        for service in ["t-rondo-admin.spaces.svc", "t-rondo.spaces.svc"] if ready else []:
            records[service] = ready[0].ip
        self.dns.records = records

    def job(self, chart, prefix, seconds=600, more=()):
        """Runs a job to its end; returns its status and its log."""
        self.names()
        spec = json.loads(json.dumps(one(chart, "Job", prefix)["spec"]["template"]["spec"]))
        spec["containers"][0]["args"] += more
        pod = Pod(self, prefix, spec)
        status = pod.process.wait(seconds)
        return status, pod.log.read_text()

    def claim(self, name):
        folder = self.folder / "claims" / f"data-{name}"
        folder.mkdir(parents=True, exist_ok=True)
        os.chown(folder, 0, USER)
        folder.chmod(0o2770)
        return folder

    def start(self, name):
        template = self.applied["spec"]["template"]["spec"]
        self.addresses[name] = self.net.address(self.used)
        self.api.conditions.pop(name, None)
        self.names()
        self.pods[name] = Pod(self, name, template, {"data": self.claim(name)})

    def delete(self, name, wipe=False, grace=None):
        """Deletes a pod, and has the controller start it again."""
        pod = self.pods.pop(name)
        pod.delete(grace)
        if wipe:
            shutil.rmtree(self.claim(name))
        self.start(name)

    def wait(self, seconds=400):
        end = time.monotonic() + seconds
        while not all(pod.ready for pod in self.pods.values()):
            for name, pod in list(self.pods.items()):
                if pod.process.poll() is not None:
                    pod.restart()
            assert time.monotonic() < end, {name: pod.log.read_text()[-1500:] for name, pod in self.pods.items()}
            time.sleep(0.3)
        self.names()

    def apply(self, chart, guarded=True):
        """What `helm upgrade --install` and the controllers do: hooks, then pods come, go and are replaced."""
        self.configs = {it["metadata"]["name"]: it["data"] for it in chart if it["kind"] == "ConfigMap"}
        assert self.job(chart, "t-rondo-secrets")[0] == 0
        wanted = one(chart, "StatefulSet")
        before, count = self.applied, wanted["spec"]["replicas"]
        if before and guarded:
            was = before["spec"]["replicas"]
            status, log = self.job(chart, "t-rondo-scale-upgrade", more=[f"--was={was}"])
            assert status == 0, log
        self.applied = wanted
        for name in [f"t-rondo-{n}" for n in range(count)]:
            if name not in self.pods:
                self.start(name)
        for name in [name for name in self.pods if int(name.rsplit("-", 1)[1]) >= count]:
            self.pods.pop(name).delete()
        self.wait()
        if before and before["spec"]["template"] != wanted["spec"]["template"]:
            for name in sorted(self.pods, reverse=True):
                self.delete(name)
                self.wait()
        status, log = self.job(chart, "t-rondo-declared")
        assert status == 0, log
        if self.watch:
            self.watch.delete(0)
        self.names()
        self.watch = Pod(self, "t-rondo-watch-0", one(chart, "Deployment")["spec"]["template"]["spec"])

    def uninstall(self):
        for pod in self.pods.values():
            pod.delete()
        if self.watch:
            self.watch.delete(0)
        self.pods, self.applied, self.watch = {}, None, None

    def close(self):
        for pod in [*self.pods.values(), *([self.watch] if self.watch else [])]:
            pod.delete(0)
        self.dns.close()
        self.net.close()
