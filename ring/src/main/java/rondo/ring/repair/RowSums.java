package rondo.ring.repair;

import java.nio.ByteBuffer;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;

/**
 * A tree of sums per partition, two levels high. A leaf's sum adds up a hash of key and stamp of
 * each of its rows; the partition's sum adds up its leaves. A changed row costs two additions, in
 * any order, so the tree follows the rows and is never built anew in normal operation. Equal sums
 * of different rows are as likely as equal random numbers of 64 bits. An attacker gains nothing by
 * constructing them, since reads repair rows too. Thread-safe.
 *
 * <p>A partition with rows takes 8 KiB of memory.
 */
public final class RowSums {
  /** Leaves of a partition: among a million rows, ten that differ cost ten leaves of a thousand. */
  public static final int LEAVES = 1024;

  private static final long ODD = 0x9e3779b97f4a7c15L;

  private final AtomicReferenceArray<@Nullable AtomicLongArray> partitions;

  public RowSums(int partitions) {
    this.partitions = new AtomicReferenceArray<>(partitions);
  }

  /**
   * Notes that a row of the partition goes from one stamp to another; {@link Stamp#ZERO} is no row.
   */
  public void change(int partition, Key key, Stamp before, Stamp after) {
    long name = name(key);
    long more = hash(name, after) - hash(name, before);
    AtomicLongArray sums = partitions.get(partition);
    if (sums == null) {
      partitions.compareAndSet(partition, null, new AtomicLongArray(LEAVES + 1));
      sums = partitions.get(partition);
    }
    if (sums != null) {
      sums.addAndGet(leaf(name), more);
      sums.addAndGet(LEAVES, more);
    }
  }

  /** The sums of these partitions, in their order. */
  public Reply.Sums of(BitSet wanted) {
    var out = ByteBuffer.allocate(wanted.cardinality() * Long.BYTES);
    wanted.stream().forEach(p -> out.putLong(sum(p, LEAVES)));
    return new Reply.Sums(Bytes.wrap(out.array()));
  }

  /** The sums of a partition's leaves. */
  public Reply.Sums leaves(int partition) {
    var out = ByteBuffer.allocate(LEAVES * Long.BYTES);
    for (int i = 0; i < LEAVES; i++) {
      out.putLong(sum(partition, i));
    }
    return new Reply.Sums(Bytes.wrap(out.array()));
  }

  /** The leaf that a row is in. */
  public static int leaf(Key key) {
    return leaf(name(key));
  }

  private long sum(int partition, int index) {
    AtomicLongArray sums = partition < partitions.length() ? partitions.get(partition) : null;
    return sums == null ? 0 : sums.get(index);
  }

  private static int leaf(long name) {
    return (int) (name >>> (Long.SIZE - 10));
  }

  private static long name(Key key) {
    return mix(hash(key.sort(), hash(key.partition(), key.table())));
  }

  private static long hash(long name, Stamp stamp) {
    if (stamp.equals(Stamp.ZERO)) {
      return 0;
    }
    return mix(mix(mix(name ^ stamp.time()) + stamp.node()) + stamp.rmw());
  }

  private static long hash(Bytes bytes, long start) {
    var in = ByteBuffer.wrap(bytes.array());
    long hash = mix(start + bytes.length());
    while (in.remaining() >= Long.BYTES) {
      hash = mix(hash ^ in.getLong());
    }
    while (in.hasRemaining()) {
      hash = mix(hash ^ in.get());
    }
    return hash;
  }

  /** A bijection in which every bit depends on all: the finalizer of SplitMix64 (Steele 2014). */
  private static long mix(long bits) {
    long z = bits + ODD;
    z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
