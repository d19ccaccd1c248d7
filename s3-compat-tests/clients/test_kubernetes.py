"""A release's life on Kubernetes, by its own manifests, with a client writing throughout. Needs root."""
import itertools, os, random, shutil, threading, time
import boto3, botocore.config, botocore.exceptions
import pytest
import pods
from kube_api import Api

pytestmark = [
    pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("unshare"),
                       reason="pods in network namespaces need root and the program unshare"),
    pytest.mark.skipif("KUBERNETES_LIFE" not in os.environ, reason="takes minutes: KUBERNETES_LIFE=1 runs it")]


class Writer:
    """Writes through pods that are ready, as a service routes; keeps what was acknowledged."""

    def __init__(self, kubelet):
        self.kubelet, self.kept, self.failed, self.ending = kubelet, {}, 0, threading.Event()
        self.thread = threading.Thread(target=self._run, daemon=True)

    def client(self, pod):
        root = self.kubelet.api.secret("t-rondo-root")
        return boto3.client(
            "s3", endpoint_url=f"http://{pod.ip}:9000", region_name="us-east-1",
            aws_access_key_id=root["access-key"].decode(), aws_secret_access_key=root["secret-key"].decode(),
            config=botocore.config.Config(retries={"total_max_attempts": 1}, connect_timeout=5, read_timeout=30,
                                          s3={"addressing_style": "path"}))

    def _run(self):
        for n in itertools.count():
            if self.ending.wait(0.05):
                return
            ready = [pod for pod in list(self.kubelet.pods.values()) if pod.ready]
            if not ready:
                continue
            key, body = f"k{n}", f"{n} ".encode() * random.randrange(1, 20_000)
            try:
                self.client(random.choice(ready)).put_object(Bucket="life", Key=key, Body=body)
                self.kept[key] = body
            except (botocore.exceptions.BotoCoreError, botocore.exceptions.ClientError):
                self.failed += 1

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.ending.set()
        self.thread.join(60)

    def check(self):
        """Reads all that was acknowledged until now, each through one of the pods."""
        for (key, body), pod in zip(list(self.kept.items()), itertools.cycle(list(self.kubelet.pods.values()))):
            assert self.client(pod).get_object(Bucket="life", Key=key)["Body"].read() == body, key
        return len(self.kept)


@pytest.fixture
def kubelet(tmp_path):
    api = Api(tmp_path)
    machines = pods.Kubelet(tmp_path, api)
    try:
        yield machines
    finally:
        machines.close()
        api.close()


def wait_whole(kubelet, seconds=300):
    """As `kubectl wait pod --for condition=rondo/Whole`."""
    end = time.monotonic() + seconds
    while not all(kubelet.api.status(name, "rondo/Whole") == "True" for name in kubelet.pods):
        assert time.monotonic() < end, (kubelet.api.conditions, kubelet.watch.log.read_text())
        time.sleep(0.5)


def test_a_release_is_installed_loses_a_pod_and_a_volume_and_comes_back_on_its_volumes(kubelet):
    kubelet.apply(pods.documents("three"))
    secrets = dict(kubelet.api.secrets)
    assert {"AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"} <= kubelet.api.secret("life-key").keys()
    wait_whole(kubelet)
    with Writer(kubelet) as writer:
        kubelet.delete("t-rondo-1", grace=0)
        kubelet.wait()
        kubelet.delete("t-rondo-2", wipe=True)
        kubelet.wait()
        assert writer.check() > 0
    kubelet.uninstall()
    kubelet.apply(pods.documents("three"))
    assert kubelet.api.secrets == secrets
    assert writer.check() > 0
