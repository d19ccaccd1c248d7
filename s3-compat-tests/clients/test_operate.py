"""Performs the pages of docs/operate, one after the other, on machines that the first of them installs."""
import pytest
from machines import Machines
import pages

# The pages in the order in which they are performed, behind the one that installs. Each finds three healthy nodes and
# leaves such. Other pages name the test that performs them.
PAGES = [
    "firewall",
    "size",
    "watch",
    "restore",
    "object-overwritten",
    "bucket-deleted",
    "power",
    "quorum-gone",
    "quorum-gone-for-good",
    "replace-a-node",
    "zone-gone",
    "grow",
    "shrink",
    "move",
    "lost-credentials",
]

# What a page leaves otherwise than the next one may find it, and how that is undone.
AFTERWARDS = {
    "move": [
        ("four", "systemctl stop rondo; scp -q -r /var/lib/rondo three:/var/lib/; rm -r /var/lib/rondo/data"),
        ("three", "systemctl start rondo; rondo health --wait 5m"),
    ],
}
NAMES = ["one", "two", "three", "four"]
FOUNDERS = NAMES[:3]


class World:
    """Machines on which nothing has gone wrong yet; new ones after a page that failed."""

    def __init__(self, factory):
        self.factory, self.machines, self.trusted = factory, None, False

    def perform(self, page):
        if not self.trusted:
            self.end()
            self.machines = Machines(self.factory.mktemp("machines"), NAMES).__enter__()
            pages.perform("install", self.machines, FOUNDERS)
        self.trusted = False
        if page != "install":
            pages.perform(page, self.machines, FOUNDERS)
        for name, command in AFTERWARDS.get(page, []):
            self.machines[name].run(command, 330)
        self.trusted = True

    def end(self):
        if self.machines is not None:
            self.machines.__exit__()


@pytest.fixture(scope="module")
def world(tmp_path_factory):
    world = World(tmp_path_factory)
    yield world
    world.end()


@pytest.mark.parametrize("page", ["install", *PAGES])
def test_the_page_is_what_happens(world, page):
    world.perform(page)
