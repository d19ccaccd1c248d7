"""The console, used by a person with a real Chromium: each view, on one node, and on three of which one is killed."""
import hashlib, os, pathlib, shutil, signal

import pytest

import rondo
from conftest import connect, serving

sync_api = pytest.importorskip("playwright.sync_api", reason="no Playwright here: the console isn't tried in a browser")
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium here: the console isn't tried in a browser")

TARGET = pathlib.Path(__file__).parent.parent / "target"
SHOTS = TARGET / "console"
AXE = TARGET / "javascript/node_modules/axe-core/axe.min.js"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
PATIENCE = 60_000
NAMES = ["<img src=x onerror=alert(1)>.txt", "<b>/inside.txt", "مرحبا.txt", "\u202egpj.exe", "a/../b", "../up.txt",
         "n" * 1020 + ".txt", "two  spaces.txt", "plus+and&amp;.txt", "quote'\".txt"]


@pytest.fixture(scope="module")
def browser():
    with sync_api.sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield started
        started.close()


@pytest.fixture(scope="module")
def node(tmp_path_factory):
    base = rondo.free_base_port(26000)
    node = rondo.Node(tmp_path_factory.mktemp("console"), base,
                      ["--console-listen", f"127.0.0.1:{base + 4}", "--console-status"])
    node.console = f"http://127.0.0.1:{base + 4}"
    yield from serving(node)


class Person:
    """Someone at a browser; whatever a page complains about is kept."""

    def __init__(self, browser, console, size=(1280, 860), scheme="light", **options):
        self.context = browser.new_context(viewport=dict(width=size[0], height=size[1]), color_scheme=scheme,
                                           accept_downloads=True, **options)
        self.context.set_default_timeout(PATIENCE)
        self.page, self.console, self.complaints = self.context.new_page(), console, []
        self.page.on("console", lambda it: it.type == "error" and self.complaints.append(it.text))
        self.page.on("pageerror", lambda it: self.complaints.append(str(it)))
        self.page.on("dialog", lambda it: (self.complaints.append("dialog: " + it.message), it.dismiss()))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.context.close()

    def sign_in(self):
        self.page.goto(self.console + "/")
        self.page.fill("input[name=access-key]", rondo.ACCESS)
        self.page.fill("input[name=secret-key]", rondo.SECRET)
        self.page.keyboard.press("Enter")
        self.page.wait_for_selector("main#content")
        return self

    def go(self, view):
        self.page.goto(f"{self.console}/#/{view}")

    def see(self, text):
        self.page.get_by_text(text).first.wait_for()


def sum_of(s3, bucket, key):
    return hashlib.sha256(s3.get_object(Bucket=bucket, Key=key)["Body"].read()).hexdigest()


def serious(page):
    """What axe finds that keeps people out; nothing where axe isn't here."""
    if not AXE.exists():
        return []
    page.evaluate(AXE.read_text())
    found = page.evaluate("axe.run(document, {resultTypes: ['violations']}).then(it => it.violations)")
    return [(it["id"], [node["html"][:200] for node in it["nodes"]][:3])
            for it in found if it["impact"] in ("serious", "critical")]


VIEWS = [("overview", "What moves"), ("nodes", "Disks of"), ("buckets", "looks"), ("objects/looks/", "plain.txt")]


@pytest.mark.parametrize("size", [(1280, 860), (390, 800)], ids=["wide", "narrow"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_view_is_shown_and_open_to_all(node, browser, scheme, size):
    s3 = connect(node.endpoint)
    s3.create_bucket(Bucket="looks")
    s3.put_object(Bucket="looks", Key="plain.txt", Body=b"plain")
    SHOTS.mkdir(parents=True, exist_ok=True)
    with Person(browser, node.console, size, scheme, bypass_csp=True) as person:
        person.page.goto(node.console + "/")
        person.see("All is well.")
        assert serious(person.page) == []
        person.page.screenshot(path=SHOTS / f"sign-in-{scheme}-{size[0]}.png")
        person.sign_in()
        for view, text in VIEWS:
            person.go(view)
            person.see(text)
            person.page.screenshot(path=SHOTS / f"{view.split('/')[0]}-{scheme}-{size[0]}.png")
            assert serious(person.page) == [], view
            wide = person.page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{view} is {wide} px wider than the screen"
        person.page.get_by_role("button", name="plain.txt").click()
        person.see("ETag")
        person.page.screenshot(path=SHOTS / f"object-{scheme}-{size[0]}.png")
        assert serious(person.page) == []
        assert person.complaints == []


def test_names_stay_text(node, browser):
    s3 = connect(node.endpoint)
    s3.create_bucket(Bucket="names")
    for key in NAMES:
        s3.put_object(Bucket="names", Key=key, Body=key.encode(), ContentType="text/html")
    with Person(browser, node.console).sign_in() as person:
        person.go("objects/names/")
        for key in NAMES:
            folder, _, rest = key.partition("/")
            person.page.get_by_label(f"Choose {folder + '/' if rest else key}", exact=True).wait_for()
        person.page.get_by_role("button", name=NAMES[0]).click()
        person.page.locator("dialog pre").filter(has_text=NAMES[0]).wait_for()
        person.page.keyboard.press("Escape")
        person.page.get_by_role("link", name="..", exact=True).click()
        person.see("up.txt")
        assert person.complaints == []


def test_files_and_folders_go_up_whole(node, browser, tmp_path):
    s3 = connect(node.endpoint)
    s3.create_bucket(Bucket="uploaded")
    (tmp_path / "tree/deep").mkdir(parents=True)
    small, large = os.urandom(100_000), os.urandom(9 << 20)
    (tmp_path / "tree/deep/small.bin").write_bytes(small)
    (tmp_path / "tree/large.bin").write_bytes(large)
    with Person(browser, node.console).sign_in() as person:
        person.go("objects/uploaded/")
        person.see("Nothing here yet")
        person.page.get_by_label("Upload files").set_input_files(tmp_path / "tree/large.bin")
        person.page.get_by_label("Upload a folder").set_input_files(tmp_path / "tree")
        person.see("Uploads: 3 of 3 done")
        assert person.complaints == []
    assert sum_of(s3, "uploaded", "large.bin") == hashlib.sha256(large).hexdigest()
    assert sum_of(s3, "uploaded", "tree/large.bin") == hashlib.sha256(large).hexdigest()
    assert sum_of(s3, "uploaded", "tree/deep/small.bin") == hashlib.sha256(small).hexdigest()


def test_an_upload_goes_on_after_a_reload(node, browser, tmp_path):
    s3 = connect(node.endpoint)
    s3.create_bucket(Bucket="resumed")
    body = os.urandom(33 << 20)
    (tmp_path / "big.bin").write_bytes(body)
    with Person(browser, node.console).sign_in() as person:
        person.go("objects/resumed/")
        held = []
        person.page.route("**/*partNumber=5*", lambda route: held.append(route))
        person.page.get_by_label("Upload files").set_input_files(tmp_path / "big.bin")
        person.page.get_by_role("button", name="Pause: big.bin").wait_for()
        upload = lambda: s3.list_multipart_uploads(Bucket="resumed").get("Uploads", [])
        node.wait_for(lambda: upload() and len(s3.list_parts(
            Bucket="resumed", Key="big.bin", UploadId=upload()[0]["UploadId"]).get("Parts", [])) == 4, "four parts")
        person.page.get_by_role("button", name="Pause: big.bin").click()
        person.see("Paused at")
        person.page.unroute("**/*partNumber=5*")
        sent = []
        person.page.on("request", lambda it: "partNumber=" in it.url and sent.append(it.url))
        person.page.reload()
        person.see("choose the file again")
        person.page.get_by_label("Choose the file").set_input_files(tmp_path / "big.bin")
        person.see("Uploads: 1 of 1 done")
        assert len(sent) == 1, "only the missing part is sent"
    assert sum_of(s3, "resumed", "big.bin") == hashlib.sha256(body).hexdigest()
    assert upload() == []


def test_a_deletion_says_what_it_means_and_is_undone(node, browser):
    s3 = connect(node.endpoint)
    s3.create_bucket(Bucket="kept")
    s3.put_bucket_versioning(Bucket="kept", VersioningConfiguration=dict(Status="Enabled"))
    for n in range(3):
        s3.put_object(Bucket="kept", Key="folder/a", Body=b"%d" % n)
    with Person(browser, node.console).sign_in() as person:
        person.go("objects/kept/")
        person.page.get_by_label("Choose folder/").check()
        person.page.get_by_role("button", name="Delete").click()
        person.see("This hides 1 object behind delete markers. Their 3 versions stay")
        person.page.get_by_label("Delete all versions for good").check()
        person.see("This deletes 3 versions")
        person.page.get_by_label("Delete, and keep versions").check()
        person.page.get_by_role("button", name="Delete 1").click()
        person.see("Nothing here yet")
        person.go("objects/kept/folder%2F")
        person.page.get_by_label("All versions").check()
        person.page.get_by_role("button", name="Undelete").click()
        person.see("folder/a is back.")
        assert person.complaints == []
    assert s3.get_object(Bucket="kept", Key="folder/a")["Body"].read() == b"2"


def test_a_link_is_shared_and_a_file_downloaded(node, browser):
    s3 = connect(node.endpoint)
    s3.create_bucket(Bucket="given")
    s3.put_object(Bucket="given", Key="d/report ü.txt", Body=b"report")
    with Person(browser, node.console).sign_in() as person:
        person.go("objects/given/d%2F")
        person.page.get_by_role("button", name="report ü.txt").click()
        with person.page.expect_download() as download:
            person.page.get_by_role("link", name="Download").click()
        assert download.value.suggested_filename == "report ü.txt"
        assert pathlib.Path(download.value.path()).read_bytes() == b"report"
        person.page.get_by_role("button", name="Share").click()
        person.page.get_by_role("button", name="Make a link").click()
        url = person.page.get_by_label("Link", exact=True).input_value()
        assert url.startswith(node.endpoint) and "X-Amz-Expires=86400" in url
        answer = person.context.request.get(url)
        assert answer.body() == b"report"
        assert person.complaints == []


def test_ten_thousand_names_scroll(node, browser):
    s3 = connect(node.endpoint)
    s3.create_bucket(Bucket="many")
    for n in range(2_500):
        s3.put_object(Bucket="many", Key=f"{n:05}", Body=b"")
    with Person(browser, node.console).sign_in() as person:
        person.go("objects/many/")
        person.see("00000")
        end = person.page.get_by_text("02499", exact=True)
        for _ in range(40):
            person.page.locator(".list-scroll").evaluate("it => { it.scrollTop = it.scrollHeight; }")
            person.page.wait_for_timeout(150)
            if end.count():
                break
        end.wait_for()
        assert person.page.locator(".list-space .list-row").count() < 100, "only what is visible is drawn"


def test_a_node_vanishes_under_the_page_and_another_tells(browser, tmp_path_factory):
    cluster = rondo.Cluster(tmp_path_factory.mktemp("consoles"), rondo.free_base_port(27000))
    try:
        cluster.wait_until_ready()
        consoles = [f"http://127.0.0.1:{cluster.base + 10 * n + 4}" for n in range(3)]
        connect(cluster.endpoint).create_bucket(Bucket="lasting")
        with Person(browser, consoles[0]).sign_in() as person, Person(browser, consoles[1]).sign_in() as other:
            person.go("nodes")
            person.see("node3")
            os.kill(cluster.node_pids()[0], signal.SIGKILL)
            person.page.get_by_role("link", name="Buckets").click()
            person.see("This node doesn't answer.")
            person.page.get_by_role("button", name="Try again").wait_for()
            other.go("overview")
            other.see("Not everything has all its copies.")
            other.go("buckets")
            other.see("lasting")
            SHOTS.mkdir(parents=True, exist_ok=True)
            person.page.screenshot(path=SHOTS / "vanished.png")
            other.go("nodes")
            other.see("node1")
            other.page.screenshot(path=SHOTS / "one-down.png")
    finally:
        cluster.stop()
