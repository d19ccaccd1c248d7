"""rclone: trees synced and checked by hash, a large file in parts, copies made by the server."""
import uuid
import pytest
from tools import digest, environment, plant, program, run, tree


@pytest.fixture
def rclone(server, tmp_path):
    (tmp_path / "empty.conf").touch()
    env = environment(tmp_path, RCLONE_CONFIG=str(tmp_path / "empty.conf"), RCLONE_CONFIG_R_TYPE="s3",
                      RCLONE_CONFIG_R_PROVIDER="Other", RCLONE_CONFIG_R_ENV_AUTH="true",
                      RCLONE_CONFIG_R_ENDPOINT=server.endpoint, RCLONE_CONFIG_R_REGION="us-east-1",
                      RCLONE_RETRIES="1", RCLONE_LOW_LEVEL_RETRIES="2")
    command = program("rclone")
    return lambda *words, **more: run([command, *words], env, **more)


def test_trees_are_synced_checked_and_copied(rclone, tmp_path):
    bucket = f"rclone-{uuid.uuid4()}"
    rclone("mkdir", f"r:{bucket}")
    source = plant(tmp_path / "source", large=23 << 20)
    rclone("sync", "--s3-chunk-size", "5M", "--s3-upload-cutoff", "6M", source, f"r:{bucket}/tree")
    assert "0 differences found" in rclone("check", "--download", source, f"r:{bucket}/tree")
    assert "0 differences found" in rclone("check", source, f"r:{bucket}/tree")

    (source / "a0" / "b 0" / "new").write_text("new")
    (source / "large.bin").unlink()
    rclone("sync", source, f"r:{bucket}/tree")
    rclone("sync", f"r:{bucket}/tree", tmp_path / "back")
    assert tree(tmp_path / "back") == tree(source)

    rclone("sync", f"r:{bucket}/tree", f"r:{bucket}/copy")
    assert "0 differences found" in rclone("check", f"r:{bucket}/tree", f"r:{bucket}/copy")
    rclone("moveto", f"r:{bucket}/copy/a0/b 0/new", f"r:{bucket}/moved/new")
    assert rclone("cat", f"r:{bucket}/moved/new") == "new"
    assert rclone("lsf", f"r:{bucket}").split() == ["copy/", "moved/", "tree/"]
    rclone("purge", f"r:{bucket}")
    assert bucket not in rclone("lsd", "r:")


def test_a_large_copy_is_made_in_parts_by_the_server(rclone, tmp_path):
    bucket = f"rclone-{uuid.uuid4()}"
    source = plant(tmp_path / "source", large=17 << 20) / "large.bin"
    rclone("mkdir", f"r:{bucket}")
    rclone("copyto", source, f"r:{bucket}/large")
    rclone("copyto", "--s3-copy-cutoff", "5M", "--s3-chunk-size", "5M", f"r:{bucket}/large", f"r:{bucket}/again")
    rclone("copyto", f"r:{bucket}/again", tmp_path / "back")
    assert digest(tmp_path / "back") == digest(source)
    rclone("purge", f"r:{bucket}")
