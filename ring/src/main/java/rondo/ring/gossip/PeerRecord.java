package rondo.ring.gossip;

import java.util.List;
import rondo.ring.message.NodeState;

/**
 * What this node has heard of the states of others, on its disk: after a start it still finds out a
 * node whose disk was restored from a copy. Thread-safe.
 */
public interface PeerRecord {
  /** A record that keeps nothing: then older disks are found out only by nodes that run. */
  PeerRecord NONE =
      new PeerRecord() {
        @Override
        public List<NodeState> load() {
          return List.of();
        }

        @Override
        public void keep(List<NodeState> states) {}
      };

  /** The states that were kept last. */
  List<NodeState> load();

  /**
   * Replaces the states, durably where that is possible now: a disk without room keeps the states
   * before.
   */
  void keep(List<NodeState> states);
}
