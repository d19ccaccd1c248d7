package rondo.storage.node;

import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import rondo.metadata.shard.ShardFence;
import rondo.metadata.table.Keys;
import rondo.metadata.table.Tables;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;

/**
 * Keeps requests out of closed shards and tails. A request holds its shard's lock, shared, from its
 * look at the fence until it is done in the engine; a fence changes under the exclusive lock. So a
 * read of a closed shard sees every write that passed the fence before, and rows that are removed
 * after the shard was closed are not read any more. Thread-safe.
 */
final class ShardFences {
  private static final int STRIPES = 256;

  private static final RowRegisters.Answered REFUSED =
      new RowRegisters.Answered(
          new Reply.Refused(Reply.Reason.CLOSED, "the shard is closed"), 0, false);

  private static final RowRegisters.Answered PASSED_OVER =
      new RowRegisters.Answered(new Reply.Done(), 0, false);

  private final RowRegisters registers;
  private final TailJournals journals;
  private final List<ReadWriteLock> stripes =
      IntStream.range(0, STRIPES)
          .<ReadWriteLock>mapToObj(i -> new ReentrantReadWriteLock())
          .toList();

  ShardFences(RowRegisters registers, TailJournals journals) {
    this.registers = registers;
    this.journals = journals;
  }

  /** Runs {@code write}, unless its row is closed for writes. It must not wait for the disk. */
  RowRegisters.Answered write(Key key, Supplier<RowRegisters.Answered> write) {
    return pass(key, fence -> fence.refusesWrite(key.sort()), write, REFUSED);
  }

  /** Runs {@code read}, unless its row is closed for reads. */
  RowRegisters.Answered read(Key key, Supplier<RowRegisters.Answered> read) {
    return key.table() == Tables.SHARDS
        ? read.get()
        : pass(key, fence -> fence.refuses(key.sort()), read, REFUSED);
  }

  /**
   * Runs {@code copy}, which brings a row from other replicas, in closed shards too; skips it where
   * the key has moved away for good.
   */
  RowRegisters.Answered copy(Key key, Supplier<RowRegisters.Answered> copy) {
    return pass(key, fence -> fence.isGone(key.sort()), copy, PASSED_OVER);
  }

  /** Runs {@code request} for a shard's tail while the fence can't change. */
  RowRegisters.Answered shared(Bytes shard, Function<ShardFence, RowRegisters.Answered> request) {
    return locked(stripe(shard).readLock(), () -> request.apply(fence(shard)));
  }

  /** Runs {@code request} for a shard's tail while no other request for the shard runs. */
  RowRegisters.Answered alone(Bytes shard, Function<ShardFence, RowRegisters.Answered> request) {
    return locked(stripe(shard).writeLock(), () -> request.apply(fence(shard)));
  }

  private RowRegisters.Answered pass(
      Key key,
      Predicate<ShardFence> refuses,
      Supplier<RowRegisters.Answered> request,
      RowRegisters.Answered refusal) {
    if (key.table() == Tables.SHARDS) {
      return locked(
          stripe(key.partition()).writeLock(),
          () -> {
            RowRegisters.Answered moved = request.get();
            journals.moved(key.partition(), fence(key.partition()));
            return moved;
          });
    }
    return Tables.isFenced(key.table())
        ? locked(
            stripe(key.partition()).readLock(),
            () -> refuses.test(fence(key.partition())) ? refusal : request.get())
        : request.get();
  }

  /**
   * Runs {@code scan}, unless it reaches closed keys, or wants closed replicas and this one isn't
   * closed.
   */
  RowRegisters.Answered scan(ScanRange range, Supplier<RowRegisters.Answered> scan) {
    if (!Tables.isFenced(range.table())) {
      return scan.get();
    }
    return locked(
        stripe(range.partition()).readLock(),
        () -> {
          ShardFence fence = fence(range.partition());
          if (range.closedBy() != null && !fence.isClosedBy(range.closedBy())) {
            return new RowRegisters.Answered(
                new Reply.Refused(Reply.Reason.UNAVAILABLE, "the shard is not closed here"),
                0,
                false);
          }
          return fence.refuses(range) ? REFUSED : scan.get();
        });
  }

  private ShardFence fence(Bytes shard) {
    return ShardFence.of(registers.find(Keys.fence(shard)).state().current().value());
  }

  private ReadWriteLock stripe(Bytes shard) {
    return stripes.get(Math.floorMod(shard.hashCode(), STRIPES));
  }

  private static RowRegisters.Answered locked(Lock lock, Supplier<RowRegisters.Answered> request) {
    lock.lock();
    try {
      return request.get();
    } finally {
      lock.unlock();
    }
  }
}
