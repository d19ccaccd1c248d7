package rondo.server.link;

import rondo.ring.gossip.ChunkFence;
import rondo.ring.value.Bytes;
import rondo.store.chunk.LayoutEpochs;

/** Binds a node's chunks to the layout's epoch by the ring's fence. Thread-safe. */
record ChunkEpochs(ChunkFence fence) implements LayoutEpochs {
  @Override
  public boolean pass(long epoch, Bytes name, Runnable write) {
    return fence.pass(epoch, name, write);
  }

  @Override
  public boolean within(long epoch, Runnable action) {
    return fence.within(epoch, action);
  }
}
