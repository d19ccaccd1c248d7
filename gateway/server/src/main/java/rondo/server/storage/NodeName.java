package rondo.server.storage;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.placement.Life;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;
import rondo.server.config.HostPort;
import rondo.storage.folder.DataFolder;
import rondo.storage.folder.DurableValue;

/** A node's name, which its first data folder remembers. */
public final class NodeName {
  private static final Logger LOG = LoggerFactory.getLogger(NodeName.class);

  private NodeName() {}

  /**
   * The node's name: the operator's, or the one that the folder remembers, or at first one from the
   * host's. Several nodes of one machine have loopback addresses; their ports tell them apart.
   *
   * @param given null when the operator gives none
   * @param listening where the node port listens
   */
  public static String of(DataFolder folder, @Nullable String given, HostPort listening) {
    DurableValue value = folder.value("name");
    String before = value.read().map(Bytes::utf8).orElse("");
    String name =
        given != null
            ? given
            : before.isEmpty() ? fromHost(listening, folder.identity().node()) : before;
    if (!name.equals(before)) {
      value.write(Bytes.utf8(name));
      if (!before.isEmpty()) {
        LOG.info("the node '{}' is called '{}' from now on", before, name);
      }
    }
    return name;
  }

  private static String fromHost(HostPort listening, NodeId id) {
    try {
      String host = InetAddress.getLocalHost().getHostName();
      String name = listening.isLoopback() ? host + "-" + listening.port() : host;
      return Life.of(name, Bytes.EMPTY).name();
    } catch (UnknownHostException | IllegalArgumentException _) {
      return "node-" + id;
    }
  }
}
