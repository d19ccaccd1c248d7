package rondo.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.server.boot.NodeProcess;
import rondo.server.cli.option.ServerOptions;

/** Everything that a node writes is for its own user alone. */
@Tag("node")
final class PrivateFilesTest {
  private static final Set<PosixFilePermission> OWNERS =
      Set.of(
          PosixFilePermission.OWNER_READ,
          PosixFilePermission.OWNER_WRITE,
          PosixFilePermission.OWNER_EXECUTE);

  @TempDir Path folder = Path.of("");

  @ParameterizedTest
  @ValueSource(strings = {"log", "rocksdb"})
  void no_file_of_a_node_has_rights_for_others(String engine) throws IOException {
    List<Path> disks = List.of(folder.resolve("a"), folder.resolve("b"));
    NodeProcess node =
        NodeProcess.start(
            ServerOptions.read(
                Map.of(),
                "--data=" + disks.getFirst() + "," + disks.getLast(),
                "--engine=" + engine,
                "--s3-listen=127.0.0.1:0",
                "--admin-listen=127.0.0.1:0",
                "--node-listen=127.0.0.1:0"));
    try (node) {
      assertThat(open(disks)).isEmpty();
    }
    assertThat(open(disks)).isEmpty();
  }

  private static Set<String> open(List<Path> disks) throws IOException {
    var open = new TreeSet<String>();
    for (Path disk : disks) {
      try (var all = Files.walk(disk)) {
        for (Path path : all.toList()) {
          if (!OWNERS.containsAll(Files.getPosixFilePermissions(path))) {
            open.add(path.toString());
          }
        }
      }
    }
    return open;
  }
}
