"""Docker's registry with its blobs in S3: an image is pushed in pieces, mounted elsewhere, pulled and deleted."""
import hashlib, json, random, subprocess, time, uuid
import pytest, requests, rondo
from tools import empty, environment, program

SETTINGS = """version: 0.1
storage:
  s3: {{accesskey: {access}, secretkey: {secret}, region: us-east-1, regionendpoint: "{endpoint}", bucket: {bucket},
       chunksize: 5242880, secure: false, v4auth: true, rootdirectory: /registry}}
  delete: {{enabled: true}}
  redirect: {{disable: false}}
http: {{addr: "127.0.0.1:{port}", secret: x}}
"""


@pytest.fixture
def registry(server, s3, tmp_path):
    command = program("docker-registry")
    bucket, port = f"registry-{uuid.uuid4()}", rondo.free_base_port(26000)
    s3.create_bucket(Bucket=bucket)
    settings = tmp_path / "registry.yml"
    settings.write_text(SETTINGS.format(access=rondo.ACCESS, secret=rondo.SECRET, endpoint=server.endpoint,
                                        bucket=bucket, port=port))
    with (tmp_path / "log").open("w") as log:
        process = subprocess.Popen([command, "serve", str(settings)], env=environment(tmp_path), stdout=log,
                                   stderr=subprocess.STDOUT)
    url = f"http://127.0.0.1:{port}"
    try:
        end = time.monotonic() + 20
        while True:
            try:
                if requests.get(f"{url}/v2/", timeout=5).status_code == 200:
                    break
            except requests.ConnectionError:
                assert process.poll() is None and time.monotonic() < end, (tmp_path / "log").read_text()
                time.sleep(0.1)
        yield url
    finally:
        process.terminate()
        process.wait(20)
        empty(s3, bucket)


def named(data):
    return "sha256:" + hashlib.sha256(data).hexdigest()


def push(url, name, data, piece=7 << 20):
    at = requests.post(f"{url}/v2/{name}/blobs/uploads/", timeout=30).headers["Location"]
    for start in range(0, len(data), piece):
        part = data[start:start + piece]
        answer = requests.patch(at, data=part, timeout=60, headers={
            "Content-Type": "application/octet-stream", "Content-Range": f"{start}-{start + len(part) - 1}"})
        assert answer.status_code == 202, answer.text
        at = answer.headers["Location"]
    answer = requests.put(at, params=dict(digest=named(data)), timeout=60)
    assert answer.status_code == 201, answer.text


def test_an_image_is_pushed_and_pulled(registry):
    layer, config = random.Random(4).randbytes(17 << 20), b'{"architecture": "amd64", "os": "linux"}'
    push(registry, "a/image", layer)
    push(registry, "a/image", config)
    kind = "application/vnd.docker.distribution.manifest.v2+json"
    manifest = json.dumps(dict(
        schemaVersion=2, mediaType=kind,
        config=dict(mediaType="application/vnd.docker.container.image.v1+json", size=len(config), digest=named(config)),
        layers=[dict(mediaType="application/vnd.docker.image.rootfs.diff.tar.gzip", size=len(layer),
                     digest=named(layer))])).encode()
    put = requests.put(f"{registry}/v2/a/image/manifests/latest", data=manifest, headers={"Content-Type": kind}, timeout=30)
    assert put.status_code == 201, put.text
    assert requests.get(f"{registry}/v2/_catalog", timeout=30).json() == {"repositories": ["a/image"]}
    assert requests.get(f"{registry}/v2/a/image/tags/list", timeout=30).json()["tags"] == ["latest"]
    assert requests.get(f"{registry}/v2/a/image/manifests/latest", headers={"Accept": kind}, timeout=30).content == manifest
    # The registry sends its clients to a presigned address.
    pulled = requests.get(f"{registry}/v2/a/image/blobs/{named(layer)}", timeout=60)
    assert pulled.content == layer and pulled.history[0].status_code == 307
    gone = requests.delete(f"{registry}/v2/a/image/manifests/{put.headers['Docker-Content-Digest']}", timeout=30)
    assert gone.status_code == 202
