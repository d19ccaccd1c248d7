package rondo.s3.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rondo.server.boot.NodeProcess;
import rondo.server.cli.Main;

/** Users' secret keys on a node's disk. */
@Tag("node")
final class SealedUsersTest {
  private static final Pattern SECRET = Pattern.compile("secret key +(\\S{40})");

  @TempDir Path folder = Path.of("");

  @Test
  void no_file_of_a_new_cluster_has_a_users_secret_in_clear() throws IOException {
    String secret;
    try (NodeProcess node = TestNode.start(folder.resolve("data"))) {
      secret = added(node);
    }
    try (var files = Files.walk(folder.resolve("data"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        assertThat(Files.readString(file, ISO_8859_1)).doesNotContain(secret);
      }
    }
  }

  private String added(NodeProcess node) throws IOException {
    Path root = folder.resolve("root-of-tests");
    Files.writeString(
        root, "access_key=%s%nsecret_key=%s%n".formatted(RawClient.ACCESS_KEY, RawClient.SECRET));
    String admin = "127.0.0.1:" + node.adminPort();
    String[] add = {"user", "add", "alice", "--admin", admin, "--credentials", root.toString()};
    var said = new ByteArrayOutputStream();
    PrintStream usual = System.out;
    System.setOut(new PrintStream(said, true, UTF_8));
    try {
      assertThat(Main.commandLine(Map.of(), add).execute(add)).isZero();
    } finally {
      System.setOut(usual);
    }
    Matcher matcher = SECRET.matcher(said.toString(UTF_8));
    assertThat(matcher.find()).isTrue();
    return matcher.group(1);
  }
}
