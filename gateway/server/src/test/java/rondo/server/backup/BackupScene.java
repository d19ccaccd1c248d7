package rondo.server.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static rondo.server.storage.NodeCalls.s3;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import rondo.s3.auth.Hashes;
import rondo.server.boot.NodeProcess;
import rondo.server.cli.CommandRun;
import rondo.server.cli.option.ServerOptions;

/** Nodes with a bucket that has everything, and commands about backups. */
abstract class BackupScene {
  private static final Pattern VERSION =
      Pattern.compile("<Key>([^<]*)</Key>.*?<VersionId>([^<]*)</VersionId>", Pattern.DOTALL);
  private static final String ENCRYPTED =
      "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>"
          + "<SSEAlgorithm>AES256</SSEAlgorithm></ApplyServerSideEncryptionByDefault></Rule>"
          + "</ServerSideEncryptionConfiguration>";
  @TempDir Path folder = Path.of("");

  static void fill(NodeProcess node) throws Exception {
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

  /** The hash, lock and tags of each version. */
  static Map<String, String> versions(NodeProcess node, String bucket) throws Exception {
    var found = new TreeMap<String, String>();
    Matcher version = VERSION.matcher(s3(node, "GET", "/" + bucket + "?versions", ""));
    while (version.find()) {
      String name = version.group(1) + "?versionId=" + version.group(2);
      String body = s3(node, "GET", "/" + bucket + "/" + name, "");
      String tags = s3(node, "GET", "/" + bucket + "/" + version.group(1) + "?tagging", "");
      byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
      found.put(name, body.startsWith("200") ? Hashes.sha256Hex(bytes) + tagsOf(tags) : "marker");
    }
    assertThat(found).hasSizeGreaterThan(5);
    return found;
  }

  /** The tags of the newest version, of which a delete marker has none. */
  private static String tagsOf(String tags) {
    return tags.startsWith("200") ? tags : "";
  }

  static String newest(NodeProcess node, String key) throws Exception {
    Matcher version = VERSION.matcher(s3(node, "GET", "/kept?versions&prefix=" + key, ""));
    assertThat(version.find()).isTrue();
    return version.group(2);
  }

  CommandRun run(int status, @Nullable NodeProcess node, String... command) {
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

  NodeProcess start(String name) {
    return start(name, List.of());
  }

  NodeProcess start(String name, List<String> more) {
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
