package rondo.server.storage;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.gossip.PeerRecord;
import rondo.ring.message.NodeState;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;
import rondo.storage.folder.DiskException;
import rondo.storage.folder.DurableValue;

/**
 * Keeps the states of other nodes in a file of their own: a line for each, with the node's id in
 * hexadecimal digits, its incarnation, its beat and its three epochs.
 */
public final class StoredPeers implements PeerRecord {
  private static final Logger log = LoggerFactory.getLogger(StoredPeers.class);

  private final DurableValue value;

  public StoredPeers(DurableValue value) {
    this.value = value;
  }

  @Override
  public List<NodeState> load() {
    try {
      String text = value.read().map(Bytes::utf8).orElse("");
      return text.lines().map(StoredPeers::decode).toList();
    } catch (DiskException e) {
      log.warn("what other nodes told before this start is recorded anew: {}", e.getMessage());
      return List.of();
    }
  }

  @Override
  public void keep(List<NodeState> states) {
    String text = states.stream().map(StoredPeers::encode).collect(Collectors.joining());
    try {
      value.write(Bytes.utf8(text));
    } catch (DiskException e) {
      log.debug("what other nodes have told isn't recorded this time: {}", e.getMessage());
    }
  }

  private static String encode(NodeState state) {
    return "%s %d %d %d %d %d\n"
        .formatted(
            state.node(),
            state.incarnation(),
            state.beat(),
            state.epoch(),
            state.active(),
            state.copied());
  }

  private static NodeState decode(String line) {
    String[] words = line.split(" ");
    List<Long> numbers = Stream.of(words).skip(1).map(Long::valueOf).toList();
    return new NodeState(
        new NodeId(Long.parseUnsignedLong(words[0], 16)),
        numbers.get(0),
        numbers.get(1),
        numbers.get(2),
        numbers.get(3),
        numbers.get(4),
        false);
  }
}
