package rondo.server.storage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rondo.ring.message.NodeState;
import rondo.ring.value.NodeId;
import rondo.storage.folder.DurableValue;

final class StoredPeersTest {
  private static final List<NodeState> STATES =
      List.of(
          new NodeState(new NodeId(Long.MAX_VALUE), 1L << 40, 7L << 48 | 1234, 9, 8, 7, false),
          new NodeState(new NodeId(1), 0, 0, 0, 0, 0, false));

  @TempDir Path folder = Path.of("");

  @Test
  void what_was_kept_is_loaded() {
    var peers = new StoredPeers(new DurableValue(folder.resolve("peers")));
    assertThat(peers.load()).isEmpty();
    peers.keep(STATES);
    assertThat(new StoredPeers(new DurableValue(folder.resolve("peers"))).load()).isEqualTo(STATES);
  }

  @Test
  void a_disk_that_takes_nothing_keeps_what_it_had() throws IOException {
    var peers = new StoredPeers(new DurableValue(folder.resolve("peers")));
    peers.keep(STATES);
    Files.createDirectory(folder.resolve("peers.next"));
    peers.keep(List.of());
    assertThat(peers.load()).isEqualTo(STATES);
  }

  @Test
  void a_damaged_file_is_recorded_anew() throws IOException {
    Files.writeString(folder.resolve("peers"), "not what was written there at all");
    var peers = new StoredPeers(new DurableValue(folder.resolve("peers")));
    assertThat(peers.load()).isEmpty();
    peers.keep(STATES);
    assertThat(peers.load()).isEqualTo(STATES);
  }
}
