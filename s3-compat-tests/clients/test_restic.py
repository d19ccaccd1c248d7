"""restic: a repository is made, backed up to, checked to the last byte, pruned and restored."""
import random, uuid
import pytest
from tools import empty, environment, plant, program, run, tree


@pytest.fixture
def restic(server, s3, tmp_path):
    bucket = f"restic-{uuid.uuid4()}"
    env = environment(tmp_path, RESTIC_REPOSITORY=f"s3:{server.endpoint}/{bucket}/backups", RESTIC_PASSWORD="secret",
                      RESTIC_CACHE_DIR=str(tmp_path / "cache"))
    command = program("restic")
    yield lambda *words, **more: run([command, *words], env, **more)
    empty(s3, bucket)


def test_backups_are_checked_pruned_and_restored(restic, tmp_path):
    restic("init")
    source = plant(tmp_path / "source", files=20, large=20 << 20)
    restic("backup", source)
    (source / "large.bin").write_bytes(random.Random(9).randbytes(9 << 20))
    restic("backup", source)
    assert "2 snapshots" in restic("snapshots")
    restic("forget", "--keep-last", "1", "--prune")
    assert "no errors were found" in restic("check", "--read-data")
    restic("restore", "latest", "--target", tmp_path / "back")
    assert tree(tmp_path / "back" / source.relative_to("/")) == tree(source)
    restic("unlock")
