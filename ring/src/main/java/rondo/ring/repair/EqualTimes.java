package rondo.ring.repair;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/**
 * Until when this node is known to have had every row that a peer had, by partition. Where the peer
 * is gone for good, later writes may be missing, and nothing names them. A comparison that found
 * equal sums, or has brought over what differed, moves the time on. Thread-safe.
 *
 * <p>It takes at most four bytes for each peer and partition in memory, and twelve in {@link
 * #encode}:
 *
 * <pre>
 * times = version(1) = 1, peers(4), peers * peer
 * peer  = id(8), runs(4), runs * run
 * run   = first partition(4), partitions(4), seconds since 1970(4)
 * </pre>
 */
public final class EqualTimes {
  private static final byte VERSION = 1;
  private static final int RUN_BYTES = 12;

  private final Map<NodeId, int[]> seconds = new TreeMap<>();
  private long changes;

  /** Notes that nothing that the peer had at that time is missing here; seconds since 1970. */
  public synchronized void equal(NodeId peer, int partition, long atSeconds) {
    int[] known = seconds.getOrDefault(peer, new int[0]);
    if (partition >= known.length) {
      known = Arrays.copyOf(known, Math.max(partition + 1, 2 * known.length));
      seconds.put(peer, known);
    }
    int time = Math.clamp(atSeconds, 0, Integer.MAX_VALUE);
    if (time > known[partition]) {
      known[partition] = time;
      changes++;
    }
  }

  /** The time, in seconds since 1970; 0 when it was never found so. */
  public synchronized long of(NodeId peer, int partition) {
    int[] known = seconds.get(peer);
    return known == null || partition >= known.length ? 0 : known[partition];
  }

  /** Forgets all peers but these. */
  public synchronized void keep(Collection<NodeId> members) {
    seconds.keySet().retainAll(members);
  }

  /** A number that grows with every change. */
  public synchronized long changes() {
    return changes;
  }

  /** The bytes that {@link #add} reads. */
  public synchronized Bytes encode() {
    int runs = seconds.values().stream().mapToInt(EqualTimes::runs).sum();
    var out = ByteBuffer.allocate(5 + 12 * seconds.size() + RUN_BYTES * runs);
    out.put(VERSION).putInt(seconds.size());
    seconds.forEach((peer, times) -> {
      out.putLong(peer.value()).putInt(runs(times));
      for (int p = 0; p < times.length; p = end(times, p)) {
        if (times[p] > 0) {
          out.putInt(p).putInt(end(times, p) - p).putInt(times[p]);
        }
      }
    });
    return Bytes.wrap(out.array());
  }

  private static int runs(int... times) {
    int runs = 0;
    for (int p = 0; p < times.length; p = end(times, p)) {
      runs += times[p] > 0 ? 1 : 0;
    }
    return runs;
  }

  /** The end of the run of equal times that begins at {@code from}. */
  private static int end(int[] times, int from) {
    int end = from + 1;
    while (end < times.length && times[end] == times[from]) {
      end++;
    }
    return end;
  }

  /**
   * Adds the times of {@link #encode}.
   *
   * @param mostPartitions that a cluster can have
   * @throws IllegalArgumentException when these are no such bytes
   */
  public synchronized void add(Bytes bytes, int mostPartitions) {
    var in = ByteBuffer.wrap(bytes.array());
    try {
      if (in.get() != VERSION) {
        throw new IllegalArgumentException("times of equality of an unknown version");
      }
      for (int peers = in.getInt(); peers > 0; peers--) {
        var peer = new NodeId(in.getLong());
        for (int runs = in.getInt(); runs > 0; runs--) {
          run(peer, in, mostPartitions);
        }
      }
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("times of equality that end too soon", e);
    }
  }

  private void run(NodeId peer, ByteBuffer in, int mostPartitions) {
    int first = in.getInt();
    int count = in.getInt();
    int time = in.getInt();
    if (first < 0 || count < 0 || count > mostPartitions || first > mostPartitions - count) {
      throw new IllegalArgumentException("a time of equality of partition " + first);
    }
    for (int p = first; p < first + count; p++) {
      equal(peer, p, time);
    }
  }
}
