package rondo.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static rondo.server.storage.NodeCalls.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import rondo.server.boot.NodeProcess;
import rondo.server.cli.CommandRun;

/** Performs {@code docs/operate/backup-broken.md} and {@code keys-lost.md} on one node. */
@Timeout(120)
@Tag("node")
final class BrokenBackupTest extends BackupScene {
  @Test
  void a_damaged_chunk_is_named_costs_its_object_alone_and_is_written_anew() throws Exception {
    try (NodeProcess node = start("n")) {
      Path target = backedUp(node);
      Path key = folder.resolve("key");
      Path chunk = files(target.resolve("chunks")).getFirst();
      Files.write(chunk, new byte[1], StandardOpenOption.APPEND);
      CommandRun found = run(1, node, "backup", "verify", "" + target, "--key", "" + key);
      assertThat(found.out()).contains(chunk.getFileName() + " is damaged");

      CommandRun restored =
          run(
              1,
              node,
              "restore",
              "" + target,
              "--key",
              "" + key,
              "--bucket",
              "kept",
              "--as",
              "rest");
      assertThat(restored.out()).contains("lost: ").contains("without 1 objects or versions");
      var rest = new TreeMap<>(versions(node, "rest"));
      assertThat(versions(node, "kept").entrySet()).containsAll(rest.entrySet());
      assertThat(versions(node, "kept")).hasSize(rest.size() + 1);

      Files.delete(chunk);
      run(0, node, "backup", "" + target, "--key", key + ".pub");
      run(0, node, "backup", "verify", "" + target, "--key", "" + key);
    }
  }

  @Test
  void a_backup_that_broke_off_is_gone_on_with_and_is_whole_only_then() throws Exception {
    try (NodeProcess node = start("n")) {
      Path target = backedUp(node);
      Path key = folder.resolve("key");
      // As if the node had died before the end.
      Files.delete(target.resolve("backups/one/manifest.json"));
      CommandRun none = run(1, node, "restore", "" + target, "--key", "" + key, "--id", "one");
      assertThat(none.out()).contains("there is no whole backup one");
      int chunks = files(target.resolve("chunks")).size();
      run(0, node, "backup", "" + target, "--key", key + ".pub", "--id", "one");
      assertThat(files(target.resolve("chunks"))).hasSize(chunks);
      run(0, node, "backup", "verify", "" + target, "--key", "" + key);
      CommandRun again = run(1, node, "backup", "" + target, "--key", key + ".pub", "--id", "one");
      assertThat(again.out()).contains("is whole already");
    }
  }

  @Test
  void lost_keys_are_told_and_the_backup_has_the_master_keys() throws Exception {
    Path target;
    Map<String, String> kept;
    Path key = folder.resolve("key");
    Path masters = folder.resolve("masters");
    try (NodeProcess node = start("n")) {
      target = backedUp(node);
      kept = versions(node, "kept");
    }
    try (NodeProcess fresh = start("fresh")) {
      run(0, null, "backup", "key", "" + folder.resolve("key2"));
      CommandRun wrong =
          run(1, fresh, "restore", "" + target, "--key", folder.resolve("key2") + "");
      assertThat(wrong.out()).contains("this backup is sealed to the recovery key");
      CommandRun lacks = run(1, fresh, "restore", "" + target, "--key", "" + key);
      assertThat(lacks.out()).contains("this cluster lacks master keys that the backup needs");
      run(0, fresh, "backup", "keys", "" + target, "" + masters, "--key", "" + key);
    }
    try (NodeProcess fresh = start("fresh", List.of("--master-keys=" + masters))) {
      run(0, fresh, "restore", "" + target, "--key", "" + key);
      assertThat(versions(fresh, "kept")).isEqualTo(kept);
      // The new recovery key takes over: everything is sent again.
      run(0, fresh, "backup", "" + target, "--key", folder.resolve("key2") + ".pub");
      run(0, fresh, "backup", "verify", "" + target, "--key", "" + folder.resolve("key2"));
    }
  }

  @Test
  void a_schedule_makes_backups_until_it_is_ended() throws Exception {
    try (NodeProcess node = start("n")) {
      Path key = folder.resolve("key");
      run(0, null, "backup", "key", key.toString());
      s3(node, "PUT", "/photos", "");
      s3(node, "PUT", "/photos/one", "some bytes");
      bySchedule(node, key);
    }
  }

  private void bySchedule(NodeProcess node, Path key) throws Exception {
    String target = Files.createDirectory(folder.resolve("daily")).toString();
    CommandRun none = run(0, node, "backup", "schedule");
    assertThat(none.out()).contains("has no schedule");
    CommandRun gone = run(1, node, "backup", "schedule", target + "/none", "--key", key + ".pub");
    assertThat(gone.err()).contains("there is no folder");
    run(0, node, "backup", "schedule", target, "--key", key + ".pub", "--every", "12h");
    String shown = "";
    while (!shown.contains("the newest of 20")) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(500));
      shown = run(0, node, "backup", "schedule").out();
    }
    assertThat(shown).contains("every 720 minutes").doesNotContain("failed");
    run(0, node, "backup", "verify", target, "--key", "" + key);
    assertThat(run(0, node, "backup", "schedule", "--end").out()).contains("has no schedule");
  }

  private Path backedUp(NodeProcess node) throws Exception {
    fill(node);
    assertThat(s3(node, "HEAD", "/kept", "")).startsWith("200");
    Path target = Files.createDirectory(folder.resolve("target"));
    String key = folder.resolve("key").toString();
    run(0, null, "backup", "key", key);
    run(0, node, "backup", "" + target, "--key", key + ".pub", "--id", "one");
    return target;
  }

  private static List<Path> files(Path folder) throws IOException {
    try (var all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
