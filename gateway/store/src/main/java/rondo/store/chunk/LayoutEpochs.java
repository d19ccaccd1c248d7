package rondo.store.chunk;

import rondo.ring.value.Bytes;

/** Binds a node's chunks to the layout's epoch; see {@link rondo.ring.gossip.ChunkFence}. */
public interface LayoutEpochs {
  /** For a node whose layout never changes. */
  LayoutEpochs ONE =
      new LayoutEpochs() {
        @Override
        public boolean pass(long epoch, Bytes name, Runnable write) {
          write.run();
          return true;
        }

        @Override
        public boolean within(long epoch, Runnable action) {
          action.run();
          return true;
        }
      };

  /** Runs the write unless other nodes own the chunk of this name now; returns whether it ran. */
  boolean pass(long epoch, Bytes name, Runnable write);

  /** Runs the action if the node is in exactly this epoch; returns whether it ran. */
  boolean within(long epoch, Runnable action);
}
