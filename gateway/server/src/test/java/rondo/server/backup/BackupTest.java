package rondo.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static rondo.server.storage.NodeCalls.s3;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import rondo.server.boot.NodeProcess;
import rondo.server.cli.CommandRun;
import rondo.server.storage.NodeCalls;

/**
 * Three whole nodes are backed up while they are written, into a cluster of one and back into the
 * three, and compared by hash.
 */
@Timeout(300)
@Tag("node")
final class BackupTest extends BackupScene {
  private final AtomicInteger acknowledged = new AtomicInteger(-1);
  private volatile boolean done;

  @Test
  void a_backup_under_load_is_a_prefix_of_what_was_written_and_is_restored_elsewhere()
      throws Exception {
    var nodes = new ArrayList<NodeProcess>();
    try {
      Path key = folder.resolve("key");
      run(0, null, "backup", "key", key.toString());
      Path one = Files.createDirectory(folder.resolve("of-one"));
      Path keysOfOne = folder.resolve("masters-of-one");
      Map<String, String> ofOne = backUpOne(one, key, keysOfOne);
      List<String> keys = List.of("--master-keys=" + keysOfOne);
      nodes.add(start("n1", keys));
      NodeProcess first = nodes.getFirst();
      Path token = folder.resolve("n1").resolve("join-token");
      nodes.add(start("n2", joining(first, token, keys)));
      nodes.add(start("n3", joining(first, token, keys)));
      await(first, "\"holders\" : 3", "\"moving\" : false");
      fill(first);
      Path target = Files.createDirectory(folder.resolve("target"));
      run(0, first, "restore", "" + one, "--key", "" + key, "--bucket", "kept", "--as", "grown");
      assertThat(versions(first, "grown")).isEqualTo(ofOne);
      int before = backUpUnderLoad(nodes.get(1), target, key);

      run(0, first, "backup", "verify", target.toString(), "--key", key.toString());
      Path masters = folder.resolve("masters");
      run(0, first, "backup", "keys", target.toString(), masters.toString(), "--key", "" + key);
      NodeProcess other = start("other", List.of("--master-keys", masters.toString()));
      nodes.add(other);
      run(0, other, "restore", target.toString(), "--key", key.toString());
      assertThat(versions(other, "kept")).isEqualTo(versions(first, "kept"));
      String removal = s3(other, "DELETE", "/kept/doc?versionId=" + newest(other, "doc"), "");
      assertThat(removal).startsWith("403");
      checkPrefix(other, before);

      CommandRun taken = run(1, first, "restore", "" + target, "--key", "" + key);
      assertThat(taken.out()).contains("the buckets chain, grown, kept are there already");
      run(0, first, "restore", "" + target, "--key", "" + key, "--bucket", "kept", "--as", "again");
      assertThat(versions(first, "again")).isEqualTo(versions(first, "kept"));
      throughS3(first, other, key);
    } finally {
      done = true;
      nodes.reversed().forEach(NodeProcess::close);
    }
  }

  /** Returns how many links of the chain were acknowledged before the order. */
  private int backUpUnderLoad(NodeProcess node, Path target, Path key) throws Exception {
    Thread writer = Thread.ofVirtual().start(() -> chain(node));
    while (acknowledged.get() < 5) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    int before = acknowledged.get();
    run(0, node, "backup", target.toString(), "--key", key + ".pub", "--id", "one");
    done = true;
    writer.join();
    return before;
  }

  /** Writes one object after the other, each when the one before is acknowledged. */
  private void chain(NodeProcess node) {
    for (int i = 0; !done; i++) {
      try {
        if (!s3(node, "PUT", "/chain/%06d".formatted(i), "link " + i).startsWith("200")) {
          return;
        }
      } catch (IOException | InterruptedException e) {
        return;
      }
      acknowledged.set(i);
    }
  }

  private static void checkPrefix(NodeProcess node, int before) throws Exception {
    String listed = s3(node, "GET", "/chain?list-type=2", "");
    Matcher key = Pattern.compile("<Key>([0-9]+)</Key>").matcher(listed);
    int count = 0;
    while (key.find()) {
      assertThat(key.group(1)).isEqualTo("%06d".formatted(count));
      count++;
    }
    assertThat(count).isGreaterThan(before);
  }

  /** Another cluster's bucket is the target. */
  private void throughS3(NodeProcess node, NodeProcess endpoint, Path key) throws Exception {
    Path profiles = folder.resolve("profiles");
    Files.writeString(
        profiles,
        "[default]\naws_access_key_id = AKIA\naws_secret_access_key = no\n[far]\n"
            + "aws_access_key_id = %s\naws_secret_access_key = %s\n"
                .formatted(endpoint.root().accessKey(), endpoint.root().secret()));
    List<String> access =
        List.of("--endpoint", "http://127.0.0.1:" + endpoint.s3Port(), "--profiles", "" + profiles);
    var far = new ArrayList<>(access);
    far.addAll(List.of("--profile", "far"));
    String target = "s3://backups/of us/";
    List<String> backUp = List.of("backup", target, "--key", key + ".pub", "--id", "far");
    assertThat(run(1, node, words(backUp, access)).out()).contains("credentials are wrong");
    assertThat(run(1, node, words(backUp, far)).out()).contains("there is no such bucket");
    assertThat(s3(endpoint, "PUT", "/backups", "")).startsWith("200");
    run(0, node, words(backUp, far));
    assertThat(run(0, node, words(List.of("backup", "list", target), far)).out()).contains("far");
    List<String> restore =
        List.of("restore", target, "--key", "" + key, "--bucket", "kept", "--as", "from-s3");
    run(0, node, words(restore, far));
    assertThat(versions(node, "from-s3")).isEqualTo(versions(node, "kept"));
  }

  /** Backs a cluster of one node up, which is gone then; returns what it had. */
  private Map<String, String> backUpOne(Path target, Path key, Path masters) throws Exception {
    try (NodeProcess one = start("one")) {
      fill(one);
      run(0, one, "backup", target.toString(), "--key", key + ".pub");
      run(0, one, "backup", "keys", target.toString(), masters.toString(), "--key", "" + key);
      return versions(one, "kept");
    }
  }

  private static List<String> joining(NodeProcess node, Path token, List<String> more) {
    return Stream.concat(NodeCalls.joining(node, token).stream(), more.stream()).toList();
  }

  private static String[] words(List<String> first, List<String> more) {
    return Stream.concat(first.stream(), more.stream()).toArray(String[]::new);
  }

  private static void await(NodeProcess node, String... parts) throws Exception {
    String status = "";
    while (!List.of(parts).stream().allMatch(status::contains)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      status = NodeCalls.call(node, node.adminPort(), "GET", "/status", "");
    }
  }
}
