package rondo.store.chunk;

import rondo.ring.value.Bytes;

/** What holds a node's chunks to the layout's epoch; {@link rondo.ring.gossip.ChunkFence}. */
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

  /** Does it unless others own the chunk of this name by now; whether it was done. */
  boolean pass(long epoch, Bytes name, Runnable write);

  /** Does it under exactly this epoch; whether it was done. */
  boolean within(long epoch, Runnable action);
}
