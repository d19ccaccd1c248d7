package rondo.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rondo.ring.value.NodeId;
import rondo.server.boot.NodeProcess;
import rondo.server.cli.option.OptionDefaultsTest;
import rondo.storage.folder.DataFolder;

/** Folders are added to a running node and sent away from it, by orders that outlast it. */
@Timeout(180)
@Tag("process")
final class DiskOrdersTest {
  private static final int OBJECTS = 5;

  @TempDir Path folder = Path.of("");

  private Path path(String name) {
    return folder.resolve(name);
  }

  private NodeProcess start(String... names) {
    var data = Stream.of(names).map(name -> path(name).toString()).toList();
    var arguments =
        List.of(
            "--data=" + String.join(",", data),
            "--durability=none",
            "--s3-listen=127.0.0.1:0",
            "--admin-listen=127.0.0.1:0",
            "--node-listen=127.0.0.1:0");
    var node = NodeProcess.start(OptionDefaultsTest.read(Map.of(), arguments));
    while (!node.trouble().isEmpty()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(10));
    }
    return node;
  }

  private String order(NodeProcess node, String what, String name) throws Exception {
    return order(node, what, name, "");
  }

  private String order(NodeProcess node, String what, String name, String more) throws Exception {
    String body = "{\"folder\":\"%s\"%s}".formatted(path(name), more);
    return NodeCalls.call(node, node.adminPort(), "POST", "/disks/" + what, body);
  }

  private static String disks(NodeProcess node) throws Exception {
    return NodeCalls.admin(node, "GET", "/disks", "");
  }

  private static void await(NodeProcess node, String words) throws Exception {
    while (!disks(node).contains(words)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  private static String body(int number) {
    return Integer.toString(number).repeat(100_000);
  }

  private static void fill(NodeProcess node) throws Exception {
    assertThat(NodeCalls.s3(node, "PUT", "/bucket", "")).startsWith("200");
    for (int n = 0; n < OBJECTS; n++) {
      assertThat(NodeCalls.s3(node, "PUT", "/bucket/" + n, body(n))).startsWith("200");
    }
  }

  private static void check(NodeProcess node) throws Exception {
    for (int n = 0; n < OBJECTS; n++) {
      assertThat(NodeCalls.s3(node, "GET", "/bucket/" + n, "")).isEqualTo("200 " + body(n));
    }
  }

  /** Both folders are on one disk, so that either may have the chunks: now the second one does. */
  private void moveExtents(String from, String to) throws IOException {
    try (var files = Files.newDirectoryStream(path(from).resolve("extents"), "*.extent")) {
      for (Path file : files) {
        Files.move(file, path(to).resolve("extents").resolve(file.getFileName()));
      }
    }
  }

  @Test
  void a_folder_is_emptied_also_over_a_restart_and_nothing_is_missing_without_it()
      throws Exception {
    try (NodeProcess node = start("one", "two")) {
      fill(node);
    }
    moveExtents("one", "two");
    try (NodeProcess node = start("one", "two")) {
      check(node);
      assertThat(order(node, "drain", "one")).contains("400", "has the metadata");
      assertThat(order(node, "drain", "three")).contains("400", "is no data folder of this node");
      String cancel = ",\"cancel\":true";
      assertThat(order(node, "drain", "two", cancel)).contains("400", "doesn't leave");
      assertThat(order(node, "drain", "two")).contains("200", "leaves", "MiB move");
      assertThat(order(node, "drain", "two")).contains("400", "leaves already");
      assertThat(order(node, "drain", "two", cancel)).contains("200", "stays");
      assertThat(disks(node)).doesNotContain("\"leaving\"");
      assertThat(order(node, "drain", "two")).startsWith("200");
    }
    try (NodeProcess node = start("one", "two")) {
      assertThat(disks(node)).contains("\"state\" : \"leaving\"");
      await(node, "empty: take it out of data");
      check(node);
    }
    assertThat(path("two").resolve("extents")).isDirectoryNotContaining("glob:**.extent");
    Files.move(path("two"), path("away"));
    try (NodeProcess node = start("one")) {
      assertThat(disks(node)).doesNotContain(path("two").toString());
      check(node);
    }
  }

  @Test
  void an_added_folder_is_remembered_until_it_has_left() throws Exception {
    DataFolder.open(path("foreign"), new DataFolder.Identity(new NodeId(8), "cluster")).close();
    Files.createDirectories(path("used").resolve("inside"));
    Files.createDirectories(path("two"));
    try (NodeProcess node = start("one")) {
      fill(node);
      assertThat(order(node, "add", "one")).contains("400", "data folder of this node already");
      assertThat(order(node, "add", "two/three")).contains("400", "is missing");
      assertThat(order(node, "add", "used")).contains("400", "isn't empty");
      assertThat(order(node, "add", "foreign")).contains("400", "belongs to another cluster");
      assertThat(order(node, "add", "one/extents")).contains("400", "one within the other");
      assertThat(order(node, "drain", "one")).contains("400", "has the metadata");
      assertThat(order(node, "add", "two")).contains("200", "from now on", "on the disk of");
      assertThat(order(node, "add", "two")).contains("400", "already");
      assertThat(disks(node)).contains(path("two").toString());
    }
    moveExtents("one", "two");
    try (NodeProcess node = start("one")) {
      assertThat(disks(node)).contains(path("two").toString());
      check(node);
      assertThat(order(node, "drain", "two")).startsWith("200");
      await(node, "which doesn't open it any more");
      while (KnownFolders.added(path("one")).contains(path("two"))) {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
      }
    }
    try (NodeProcess node = start("one")) {
      assertThat(disks(node)).doesNotContain(path("two").toString());
      check(node);
    }
  }
}
