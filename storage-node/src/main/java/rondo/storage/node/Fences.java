package rondo.storage.node;

import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import rondo.metadata.table.Tables;
import rondo.ring.message.Reply;
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;

/**
 * Keeps writes out of closed shards. A write holds the shard's lock shared from its look at the
 * fence until it is in the engine, and the fence moves under the lock alone: whoever lists the
 * shard after it was closed sees every write that got through. Thread-safe.
 */
final class Fences {
  private static final int STRIPES = 256;

  private final Registers registers;
  private final List<ReadWriteLock> stripes =
      IntStream.range(0, STRIPES)
          .<ReadWriteLock>mapToObj(i -> new ReentrantReadWriteLock())
          .toList();

  Fences(Registers registers) {
    this.registers = registers;
  }

  /** Runs {@code write}, which does not wait for the disk, unless its shard is closed. */
  Registers.Answered pass(Key key, Supplier<Registers.Answered> write) {
    if (key.table() == Tables.SHARDS) {
      return locked(stripe(key.partition()).writeLock(), write);
    }
    return Tables.isFenced(key.table())
        ? locked(
            stripe(key.partition()).readLock(),
            () -> isClosed(key.partition()) ? REFUSED : write.get())
        : write.get();
  }

  private static final Registers.Answered REFUSED =
      new Registers.Answered(
          new Reply.Refused(Reply.Reason.CLOSED, "the shard is closed"), 0, false);

  private boolean isClosed(Bytes shard) {
    Key fence = new Key(Tables.SHARDS, shard, Bytes.EMPTY);
    Bytes value = registers.find(fence).state().current().value();
    return value != null && value.equals(Tables.CLOSED);
  }

  private ReadWriteLock stripe(Bytes shard) {
    return stripes.get(Math.floorMod(shard.hashCode(), STRIPES));
  }

  private static Registers.Answered locked(Lock lock, Supplier<Registers.Answered> write) {
    lock.lock();
    try {
      return write.get();
    } finally {
      lock.unlock();
    }
  }
}
