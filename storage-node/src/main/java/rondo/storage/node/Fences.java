package rondo.storage.node;

import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import rondo.metadata.shard.Fence;
import rondo.metadata.table.Keys;
import rondo.metadata.table.Tables;
import rondo.ring.message.Range;
import rondo.ring.message.Reply;
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;

/**
 * Keeps requests out of what is closed. Each holds its shard's lock shared from its look at the
 * fence until it is done in the engine, and the fence moves under the exclusive lock. So a reader of
 * a closed shard sees every write that got through, and rows that are removed after the shard was
 * closed are read no more. Thread-safe.
 */
final class Fences {
  private static final int STRIPES = 256;

  private static final Registers.Answered REFUSED =
      new Registers.Answered(
          new Reply.Refused(Reply.Reason.CLOSED, "the shard is closed"), 0, false);

  private static final Registers.Answered PASSED_OVER =
      new Registers.Answered(new Reply.Done(), 0, false);

  private final Registers registers;
  private final Journals journals;
  private final List<ReadWriteLock> stripes =
      IntStream.range(0, STRIPES)
          .<ReadWriteLock>mapToObj(i -> new ReentrantReadWriteLock())
          .toList();

  Fences(Registers registers, Journals journals) {
    this.registers = registers;
    this.journals = journals;
  }

  /** Runs {@code write}, which does not wait for the disk, unless its row is closed for writes. */
  Registers.Answered write(Key key, Supplier<Registers.Answered> write) {
    return pass(key, fence -> fence.refusesWrite(key.sort()), write, REFUSED);
  }

  /** Runs {@code read} unless its row is closed for reads. */
  Registers.Answered read(Key key, Supplier<Registers.Answered> read) {
    return key.table() == Tables.SHARDS
        ? read.get()
        : pass(key, fence -> fence.refuses(key.sort()), read, REFUSED);
  }

  /**
   * Runs {@code copy} of a row that others have, which goes into closed shards too; what has moved
   * elsewhere for good is passed over.
   */
  Registers.Answered copy(Key key, Supplier<Registers.Answered> copy) {
    return pass(key, fence -> fence.isGone(key.sort()), copy, PASSED_OVER);
  }

  /** Runs {@code request} of the shard's tail while its fence stays as it is. */
  Registers.Answered shared(Bytes shard, Function<Fence, Registers.Answered> request) {
    return locked(stripe(shard).readLock(), () -> request.apply(fence(shard)));
  }

  /** Runs {@code request} of the shard's tail while nothing else happens to the shard. */
  Registers.Answered alone(Bytes shard, Function<Fence, Registers.Answered> request) {
    return locked(stripe(shard).writeLock(), () -> request.apply(fence(shard)));
  }

  private Registers.Answered pass(
      Key key,
      Predicate<Fence> refuses,
      Supplier<Registers.Answered> request,
      Registers.Answered refusal) {
    if (key.table() == Tables.SHARDS) {
      return locked(
          stripe(key.partition()).writeLock(),
          () -> {
            Registers.Answered moved = request.get();
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

  /** Runs {@code scan} unless it reaches what is closed, or asks for closed replicas alone. */
  Registers.Answered scan(Range range, Supplier<Registers.Answered> scan) {
    if (!Tables.isFenced(range.table())) {
      return scan.get();
    }
    return locked(
        stripe(range.partition()).readLock(),
        () -> {
          Fence fence = fence(range.partition());
          if (range.closedBy() != null && !fence.isClosedBy(range.closedBy())) {
            return new Registers.Answered(
                new Reply.Refused(Reply.Reason.UNAVAILABLE, "the shard is not closed here"),
                0,
                false);
          }
          return fence.refuses(range) ? REFUSED : scan.get();
        });
  }

  private Fence fence(Bytes shard) {
    return Fence.of(registers.find(Keys.fence(shard)).state().current().value());
  }

  private ReadWriteLock stripe(Bytes shard) {
    return stripes.get(Math.floorMod(shard.hashCode(), STRIPES));
  }

  private static Registers.Answered locked(Lock lock, Supplier<Registers.Answered> request) {
    lock.lock();
    try {
      return request.get();
    } finally {
      lock.unlock();
    }
  }
}
