package rondo.ring.quorum;

import rondo.ring.value.NodeId;

/** The caller's view of the cluster beyond this round. */
public interface RoundObserver {
  /** An observer that knows nothing and keeps nothing. */
  RoundObserver NONE =
      new RoundObserver() {
        @Override
        public void heard(NodeId node) {}

        @Override
        public boolean suspected(NodeId node) {
          return false;
        }

        @Override
        public long newestEpoch() {
          return 0;
        }
      };

  /** A replica has answered. */
  void heard(NodeId node);

  /** Whether a node has been silent for so long that no answer is expected of it now. */
  boolean suspected(NodeId node);

  /** The epoch of the newest layout that this node knows. */
  long newestEpoch();
}
