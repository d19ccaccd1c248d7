"""Performs the pages of docs/operate, one after the other, on machines that the first of them installs."""
import pytest
from machines import Machines
import pages

# The pages in the order in which they are performed. Each finds three healthy nodes and leaves such, so the order is
# free; the first one makes them. Other pages name the test that performs them.
PAGES = [
    "firewall",
    "watch",
    "replace-a-node",
    "grow",
    "shrink",
    "move",
    "power",
    "zone-gone",
    "quorum-gone",
    "lost-credentials",
]
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
