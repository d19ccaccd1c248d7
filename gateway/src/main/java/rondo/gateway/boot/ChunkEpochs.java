package rondo.gateway.boot;

import rondo.gateway.blob.Epochs;
import rondo.ring.membership.ChunkFence;
import rondo.ring.register.Bytes;

/** Has the ring's fence hold a node's chunks to the epoch. Thread-safe. */
record ChunkEpochs(ChunkFence fence) implements Epochs {
  @Override
  public boolean pass(long epoch, Bytes name, Runnable write) {
    return fence.pass(epoch, name, write);
  }

  @Override
  public boolean within(long epoch, Runnable action) {
    return fence.within(epoch, action);
  }
}
