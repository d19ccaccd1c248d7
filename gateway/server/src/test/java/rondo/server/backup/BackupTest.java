package rondo.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static rondo.server.storage.NodeCalls.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rondo.s3.auth.Hashes;
import rondo.server.boot.NodeProcess;
import rondo.server.cli.CommandRun;
import rondo.server.cli.option.ServerOptions;
import rondo.server.storage.NodeCalls;

/**
 * Three whole nodes are backed up while they are written, into a cluster of one and back into the
 * three, and compared by hash.
 */
@Timeout(300)
@Tag("node")
final class BackupTest {
  private static final Pattern VERSION =
      Pattern.compile("<Key>([^<]*)</Key>.*?<VersionId>([^<]*)</VersionId>", Pattern.DOTALL);
  private static final String ENCRYPTED =
      "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>"
          + "<SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule>"
          + "</ServerSideEncryptionConfiguration>";
  @TempDir Path folder = Path.of("");

  private final AtomicInteger acknowledged = new AtomicInteger(-1);
  private volatile boolean done;

  @Test
  void a_backup_under_load_is_a_prefix_of_what_was_written_and_is_restored_elsewhere()
      throws Exception {
    var nodes = new ArrayList<NodeProcess>();
    try {
      nodes.add(start("n1"));
      NodeProcess first = nodes.getFirst();
      Path token = folder.resolve("n1").resolve("join-token");
      nodes.add(start("n2", NodeCalls.joining(first, token)));
      nodes.add(start("n3", NodeCalls.joining(first, token)));
      await(first, "\"holders\" : 3", "\"moving\" : false");
      fill(first);
      Path target = Files.createDirectory(folder.resolve("target"));
      Path key = folder.resolve("key");
      run(0, null, "backup", "key", key.toString());
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
      assertThat(taken.out()).contains("the buckets chain, kept are there already");
      run(0, first, "restore", "" + target, "--key", "" + key, "--bucket", "kept", "--as", "again");
      assertThat(versions(first, "again")).isEqualTo(versions(first, "kept"));
      throughS3(first, other, key);
      damage(first, target);
    } finally {
      done = true;
      nodes.reversed().forEach(NodeProcess::close);
    }
  }

  private static void fill(NodeProcess node) throws Exception {
    s3(node, "PUT", "/chain", "");
    s3(node, "PUT", "/kept", "", List.of(Map.entry("x-amz-bucket-object-lock-enabled", "true")));
    assertThat(s3(node, "PUT", "/kept?encryption", ENCRYPTED, md5(ENCRYPTED))).startsWith("200");
    for (int i = 0; i < 3; i++) {
      assertThat(s3(node, "PUT", "/kept/doc", "small " + i, locked("small " + i)))
          .startsWith("200");
      assertThat(s3(node, "PUT", "/kept/large" + i, "large".repeat(1_000_000 + i))).contains("200");
    }
    s3(node, "DELETE", "/kept/large2", "");
  }

  private static List<Map.Entry<String, String>> md5(String body) {
    byte[] hash = Hashes.start("MD5").digest(body.getBytes(StandardCharsets.UTF_8));
    return List.of(Map.entry("content-md5", Base64.getEncoder().encodeToString(hash)));
  }

  private static List<Map.Entry<String, String>> locked(String body) {
    var headers = new ArrayList<>(md5(body));
    headers.add(Map.entry("x-amz-object-lock-mode", "COMPLIANCE"));
    headers.add(Map.entry("x-amz-object-lock-retain-until-date", "2099-01-01T00:00:00Z"));
    headers.add(Map.entry("x-amz-tagging", "a=b"));
    return headers;
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
    run(0, node, words(List.of("backup", "verify", target, "--key", "" + key), far));
    List<String> restore =
        List.of("restore", target, "--key", "" + key, "--bucket", "kept", "--as", "from-s3");
    run(0, node, words(restore, far));
    assertThat(versions(node, "from-s3")).isEqualTo(versions(node, "kept"));
  }

  private static String[] words(List<String> first, List<String> more) {
    return Stream.concat(first.stream(), more.stream()).toArray(String[]::new);
  }

  private void damage(NodeProcess node, Path target) throws Exception {
    Path chunk;
    try (var files = Files.walk(target.resolve("chunks"))) {
      chunk = files.filter(Files::isRegularFile).findFirst().orElseThrow();
    }
    Files.write(chunk, new byte[1], StandardOpenOption.APPEND);
    CommandRun found = run(1, node, "backup", "verify", target.toString());
    assertThat(found.out()).contains(chunk.getFileName() + " is damaged");
    Path other = folder.resolve("other-key");
    run(0, null, "backup", "key", other.toString());
    CommandRun wrong = run(1, node, "restore", target.toString(), "--key", other.toString());
    assertThat(wrong.out()).contains("this backup is sealed to the recovery key");
  }

  /** The hash, lock and tags of each version. */
  private static Map<String, String> versions(NodeProcess node, String bucket) throws Exception {
    var found = new TreeMap<String, String>();
    Matcher version = VERSION.matcher(s3(node, "GET", "/" + bucket + "?versions", ""));
    while (version.find()) {
      String name = version.group(1) + "?versionId=" + version.group(2);
      String body = s3(node, "GET", "/" + bucket + "/" + name, "");
      String tags = s3(node, "GET", "/" + bucket + "/" + version.group(1) + "?tagging", "");
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      found.put(name, body.startsWith("200") ? Hashes.sha256Hex(bytes) + tagsOf(tags) : "marker");
    }
    assertThat(found).hasSizeGreaterThan(6);
    return found;
  }

  /** The tags of the newest version, of which a delete marker has none. */
  private static String tagsOf(String tags) {
    return tags.startsWith("200") ? tags : "";
  }

  private static String newest(NodeProcess node, String key) throws Exception {
    Matcher version = VERSION.matcher(s3(node, "GET", "/kept?versions&prefix=" + key, ""));
    assertThat(version.find()).isTrue();
    return version.group(2);
  }

  private CommandRun run(int status, @Nullable NodeProcess node, String... command) {
    var words = new ArrayList<>(List.of(command));
    if (node != null) {
      words.add("--admin=127.0.0.1:" + node.adminPort());
      words.add("--credentials=" + credentials(node));
    }
    CommandRun run = CommandRun.of(Map.of(), words.toArray(String[]::new));
    assertThat(run.status()).as(run.out() + run.err()).isEqualTo(status);
    return run;
  }

  private Path credentials(NodeProcess node) {
    Path file = folder.resolve("credentials-" + node.adminPort());
    try {
      Files.writeString(
          file,
          "access_key=%s\nsecret_key=%s\n"
              .formatted(node.root().accessKey(), node.root().secret()));
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void await(NodeProcess node, String... parts) throws Exception {
    String status = "";
    while (!List.of(parts).stream().allMatch(status::contains)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      status = NodeCalls.call(node, node.adminPort(), "GET", "/status", "");
    }
  }

  private NodeProcess start(String name) {
    return start(name, List.of());
  }

  private NodeProcess start(String name, List<String> more) {
    var flags =
        new ArrayList<>(
            List.of(
                "--data=" + folder.resolve(name),
                "--node=" + name,
                "--durability=none",
                "--s3-listen=127.0.0.1:0",
                "--admin-listen=127.0.0.1:0",
                "--node-listen=127.0.0.1:0"));
    flags.addAll(more);
    return NodeProcess.start(ServerOptions.read(Map.of(), flags.toArray(String[]::new)));
  }
}
