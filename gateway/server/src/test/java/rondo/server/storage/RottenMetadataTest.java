package rondo.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import rondo.metadata.engine.Durability;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineOptions;
import rondo.metadata.engine.lsm.LogEngine;
import rondo.metadata.engine.rocks.RocksEngine;
import rondo.ring.value.Bytes;
import rondo.server.boot.NodeProcess;
import rondo.server.cli.option.OptionDefaultsTest;
import rondo.store.system.SystemPorts;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Three whole nodes. The metadata of one rots while it is down, and that of another while it runs.
 */
@Timeout(200)
@Tag("process")
@Execution(ExecutionMode.CONCURRENT)
final class RottenMetadataTest {
  private static final int OBJECTS = 120;

  /** Small limits, so that rows go from the log to checkpoints. */
  private static final EngineOptions SMALL =
      new EngineOptions(Durability.NONE, 1000, 1 << 20, 100, 1 << 20, 1 << 18, 1 << 20);

  @TempDir Path folder = Path.of("");

  private final Map<String, NodeProcess> nodes = new TreeMap<>();
  private int written;

  @Test
  void what_rots_is_told_by_the_other_nodes_and_clients_notice_nothing() throws Exception {
    try {
      startThreeWithObjects();

      int port = stop("n2");
      assertThat(rot(checkpointed("n2"), ".table")).isPositive();
      nodes.put("n2", start("n2", port, List.of()));
      awaitReady("n2");
      admin("n2", "POST", "/scrub");
      overwriteWhileRebuilt();

      port = stop("n3");
      Path metadata = checkpointed("n3");
      nodes.put("n3", start("n3", port, List.of()));
      assertThat(rot(metadata, ".table")).isPositive();
      awaitReady("n3");
      admin("n3", "POST", "/scrub");
      for (int i = 0; i < OBJECTS; i++) {
        check(i, "n3", "second");
      }
      awaitScrubbed("n3");
      awaitWhole();
      withoutOne("n2", "n1", "n3");
    } finally {
      nodes.values().forEach(NodeProcess::close);
    }
  }

  @Test
  void a_node_whose_log_rots_while_it_is_down_starts_and_is_told_all_that_it_may_have_had()
      throws Exception {
    try {
      startThreeWithObjects();

      int port = stop("n2");
      assertThat(rot(folder.resolve("n2").resolve("metadata"), ".log")).isPositive();
      nodes.put("n2", start("n2", port, List.of()));
      awaitReady("n2");
      assertThat(patiently("n2", "GET", "/bkt?list-type=2", "")).startsWith("200");
      assertThat(call("n2", port("n2"), "GET", "/health/whole", "")).startsWith("503");
      overwriteWhileRebuilt();
    } finally {
      nodes.values().forEach(NodeProcess::close);
    }
  }

  @Test
  void a_node_on_rocksdb_gets_back_what_rots_while_it_is_down_and_while_it_runs() throws Exception {
    try {
      startThreeWithObjects("--engine=rocksdb");

      int port = stop("n2");
      Path rows = flushed("n2");
      assertThat(rotHalfWay(rows)).isPositive();
      nodes.put("n2", start("n2", port, List.of("--engine=rocksdb")));
      awaitReady("n2");
      admin("n2", "POST", "/scrub");
      overwriteWhileRebuilt();

      port = stop("n2");
      rows = flushed("n2");
      nodes.put("n2", start("n2", port, List.of("--engine=rocksdb")));
      assertThat(rotHalfWay(rows)).isPositive();
      awaitReady("n2");
      admin("n2", "POST", "/scrub");
      for (int i = 0; i < OBJECTS; i++) {
        check(i, "n2", "second");
      }
      awaitRebuilt("n2");
      awaitWhole();
      withoutOne("n3", "n1", "n2");
    } finally {
      nodes.values().forEach(NodeProcess::close);
    }
  }

  /**
   * Reads and writes each object again; then the second node, which was damaged, is needed for a
   * quorum.
   */
  private void overwriteWhileRebuilt() throws Exception {
    for (int i = 0; i < OBJECTS; i++) {
      check(i, i % 2 == 0 ? "n1" : "n2", "first");
      write(i, "second");
    }
    awaitRebuilt("n2");
    awaitWhole();
    withoutOne("n1", "n2", "n3");
  }

  /** Flushes all rows of the node to files; returns their folder. */
  private Path flushed(String name) throws IOException {
    Path metadata = folder.resolve(name).resolve("metadata");
    RocksEngine.open(metadata, SMALL, SystemPorts.TIME).close();
    try (var databases = Files.list(metadata)) {
      return databases.max(Comparator.comparing(Path::toString)).orElseThrow();
    }
  }

  /** Flips a bit in the middle of each large file of rows; returns the number of those files. */
  private static int rotHalfWay(Path database) throws IOException {
    int rotten = 0;
    try (var files = Files.list(database)) {
      for (Path table : files.filter(file -> file.toString().endsWith(".sst")).toList()) {
        long size = Files.size(table);
        if (size > 20_000) {
          flip(table, size / 2);
          rotten++;
        }
      }
    }
    return rotten;
  }

  private static void flip(Path path, long at) throws IOException {
    try (var file = new RandomAccessFile(path.toFile(), "rw")) {
      file.seek(at);
      int found = file.read();
      file.seek(at);
      file.write(found ^ 0x40);
    }
  }

  private void startThreeWithObjects(String... second) throws Exception {
    nodes.put("n1", start("n1", NodeCalls.lastingPort(), List.of()));
    var arguments = new ArrayList<>(joining());
    arguments.addAll(List.of(second));
    nodes.put("n2", start("n2", NodeCalls.lastingPort(), arguments));
    nodes.put("n3", start("n3", NodeCalls.lastingPort(), joining()));
    awaitHolders();
    assertThat(s3("n1", "PUT", "/bkt", "")).startsWith("200");
    for (int i = 0; i < OBJECTS; i++) {
      write(i, "first");
    }
    awaitWhole();
  }

  private static String key(int i) {
    return "/bkt/key%04d".formatted(i);
  }

  private void write(int i, String text) throws Exception {
    String node = nodes.keySet().stream().skip(written++ % nodes.size()).findFirst().orElseThrow();
    assertThat(patiently(node, "PUT", key(i), text + i)).startsWith("200");
  }

  private void check(int i, String node, String text) throws Exception {
    assertThat(patiently(node, "GET", key(i), "")).isEqualTo("200 " + text + i);
  }

  /** Calls S3, and tries again when a busy machine answers 503. */
  private String patiently(String node, String method, String path, String body) throws Exception {
    String answer = s3(node, method, path, body);
    while (answer.startsWith("503")) {
      pause();
      answer = s3(node, method, path, body);
    }
    return answer;
  }

  /** Stops one node, so that the quorum needs the one that was damaged. */
  private void withoutOne(String away, String one, String two) throws Exception {
    int port = stop(away);
    for (int i = 0; i < OBJECTS; i++) {
      check(i, i % 2 == 0 ? one : two, "second");
    }
    String listed = patiently(one, "GET", "/bkt?list-type=2", "");
    assertThat(listed.split("<Key>", -1)).hasSize(OBJECTS + 1);
    nodes.put(away, start(away, port, List.of()));
    awaitReady(away);
    awaitWhole();
  }

  private int stop(String name) {
    NodeProcess node = nodes.get(name);
    if (node == null) {
      throw new IllegalStateException(name);
    }
    int port = node.nodePort();
    nodes.remove(name);
    node.close();
    return port;
  }

  /** Moves all rows of the node from its log to checkpoints; returns their folder. */
  private Path checkpointed(String name) {
    Path metadata = folder.resolve(name).resolve("metadata");
    try (var engine = LogEngine.open(metadata, SMALL, SystemPorts.TIME)) {
      Bytes key = Bytes.wrap(new byte[] {(byte) 200, 0, 0});
      engine.write(List.of(new Engine.Change(key, Bytes.EMPTY)));
      engine.awaitDurable(engine.write(List.of(new Engine.Change(key, null))));
      while (engine.counters().checkpoints().sum() == 0) {
        pause();
      }
    }
    return metadata;
  }

  /**
   * Flips a bit in an object's row, in every file that has it; returns the number of those files.
   */
  private static int rot(Path metadata, String kind) throws IOException {
    int rotten = 0;
    try (var files = Files.list(metadata)) {
      for (Path table : files.filter(file -> file.toString().endsWith(kind)).toList()) {
        String text = Files.readString(table, StandardCharsets.ISO_8859_1);
        int at = text.lastIndexOf("key0060");
        if (at >= 0) {
          try (var file = new RandomAccessFile(table.toFile(), "rw")) {
            file.seek(at);
            file.write('K');
          }
          rotten++;
        }
      }
    }
    return rotten;
  }

  private void awaitReady(String name) {
    NodeProcess node = nodes.get(name);
    while (node != null && !node.trouble().isEmpty()) {
      pause();
    }
  }

  private void awaitHolders() throws Exception {
    for (String node : nodes.keySet()) {
      awaitReady(node);
      JsonNode layout;
      do {
        pause();
        layout = status(node).path("layout");
      } while (layout.path("holders").asInt() < 3 || layout.path("moving").asBoolean());
    }
  }

  private void awaitWhole() throws Exception {
    for (String node : nodes.keySet()) {
      while (!call(node, port(node), "GET", "/health/whole", "").startsWith("200")) {
        pause();
      }
    }
  }

  private void awaitRebuilt(String node) throws Exception {
    while (status(node).path("counters").path("metadata_ranges_rebuilt").asLong() == 0) {
      pause();
    }
    assertThat(status(node).path("counters").path("metadata_registers_rebuilt").asLong())
        .isPositive();
    awaitScrubbed(node);
  }

  /** Waits until all findings are repaired, wherever the good bytes came from. */
  private void awaitScrubbed(String node) throws Exception {
    JsonNode scrub;
    do {
      pause();
      scrub = status(node).path("scrub");
    } while (scrub.path("metadata").path("running").asBoolean()
        || scrub.path("lost").path("ranges").asInt() > 0
        || !scrub.path("metadata").path("damaged").isEmpty());
  }

  private JsonNode status(String node) throws Exception {
    return JsonMapper.shared().readTree(admin(node, "GET", "/status"));
  }

  private static void pause() {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
  }

  private List<String> joining() {
    return List.of(
        "--join",
        "127.0.0.1:" + node("n1").nodePort(),
        "--token-file",
        folder.resolve("n1").resolve(JoinToken.FILE).toString());
  }

  private NodeProcess node(String name) {
    NodeProcess node = nodes.get(name);
    if (node == null) {
      throw new IllegalStateException(name);
    }
    return node;
  }

  private NodeProcess start(String data, int nodePort, List<String> more) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("--data", folder.resolve(data).toString(), "--durability", "none"));
    arguments.addAll(List.of("--s3-listen", "127.0.0.1:0", "--admin-listen", "127.0.0.1:0"));
    arguments.addAll(List.of("--node-listen", "127.0.0.1:" + nodePort));
    arguments.addAll(List.of("--rebuild-wait", "10s"));
    arguments.addAll(more);
    return NodeProcess.start(OptionDefaultsTest.read(Map.of(), arguments));
  }

  private int port(String node) {
    return node(node).adminPort();
  }

  private String s3(String node, String method, String path, String body) throws Exception {
    return call(node, node(node).s3Port(), method, path, body);
  }

  private String admin(String node, String method, String path) throws Exception {
    return NodeCalls.admin(node(node), method, path, "");
  }

  private String call(String node, int port, String method, String path, String body)
      throws Exception {
    return NodeCalls.call(node(node), port, method, path, body);
  }
}
