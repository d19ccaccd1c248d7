package rondo.ring.message;

import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.AcceptedValue;
import rondo.ring.value.Ballot;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/**
 * A node's reply to a request. A reply to only one family of requests belongs to {@link Repair},
 * {@link Tail}, {@link Membership} or {@link Node}, as its requests do.
 */
public sealed interface Reply {
  /** To Query: the stamp, whether a value is there, and the value itself if it was asked for. */
  record State(VersionedValue state, boolean present) implements Reply {}

  /** To Propagate and Accept: done, and on stable storage. */
  record Done() implements Reply {}

  /**
   * To Prepare: promised; {@code accepted} is the value that was accepted before, if there was one.
   */
  record Promised(@Nullable AcceptedValue accepted) implements Reply {}

  /**
   * To Prepare and Accept: the key's stamp is already past the base. To Propagate: it is past the
   * state, and the parts that outlive the state were kept.
   */
  record Moved(Stamp stamp) implements Reply {}

  /** To Prepare and Accept: a higher ballot was promised. */
  record Outbid(Ballot promised) implements Reply {}

  /**
   * To Scan: entries in order.
   *
   * @param more whether the limit, the page's size or the work that it took ended the page
   * @param next with {@code more}, the first sort key of the next page; null when that page begins
   *     behind the last entry, and then there is one
   */
  record Page(List<Entry> entries, boolean more, @Nullable Bytes next) implements Reply {
    /** A page after which the next begins behind the last entry. */
    public Page(List<Entry> entries, boolean more) {
      this(entries, more, null);
    }
  }

  /** The sender's layout is too old: fetch the one of {@code epoch}. */
  record Stale(long epoch) implements Reply {}

  /** Certainly not done, and why. */
  record Refused(Reason reason, String detail) implements Reply {}

  /**
   * A row, or a group of rows under a common prefix, the first live one of which has the key {@code
   * sort}.
   *
   * @param group the common prefix, or null for a plain row
   * @param value null in digests and groups
   */
  record Entry(@Nullable Bytes group, Bytes sort, Stamp stamp, @Nullable Bytes value) {}

  /**
   * The rows that PullRows or FetchRows asked for.
   *
   * @param next to PullRows: the key behind which the next page starts, null after the last page;
   *     may lie behind the last row
   */
  record Rows(List<Row> rows, @Nullable Key next) implements Reply {}

  /** A reply only to requests of {@link Request.Repair}. */
  sealed interface Repair extends Reply {}

  /**
   * To SumPartitions and SumLeaves: eight bytes, big-endian, for each partition or leaf that was
   * asked for.
   */
  record Sums(Bytes sums) implements Repair {
    /** The sum of the request's partition or leaf at {@code index}. */
    public long at(int index) {
      return ByteBuffer.wrap(sums.array()).getLong(index * Long.BYTES);
    }

    public int count() {
      return sums.length() / Long.BYTES;
    }
  }

  /** A row's key and the stamp of its newest write. */
  record Stamped(Key key, Stamp stamp) {}

  /**
   * The keys and stamps that ListStamps asked for.
   *
   * @param next the key behind which the next page starts, null after the last page; may lie behind
   *     the last row
   */
  record Stamps(List<Stamped> rows, @Nullable Key next) implements Repair {}

  /**
   * A register's key and a replica's memory of it.
   *
   * @param row in the form of {@code RegisterCodec}
   */
  record Register(Key key, Bytes row) {}

  /**
   * The registers that PullRegisters asked for.
   *
   * @param next the first key of the next page; null after the last page
   */
  record Registers(List<Register> registers, @Nullable Key next) implements Repair {}

  /** A reply only to requests of {@link Request.Node}. */
  sealed interface Node extends Reply {}

  /** The answer to {@link Request.Audit}, which the ring doesn't read. */
  record Audit(Bytes answer) implements Node {}

  /**
   * To ReportUnderReplication: the under-replication that a node knows of, in the data that it
   * shares with others.
   *
   * @param whole whether no copy is missing
   * @param lacking the partitions of which a replica lacks rows; as in {@link Request.PullRows}
   * @param unreachable the partitions of which a replica can't be asked
   * @param chunks the number of missing chunks
   * @param hints the number of the node's hints that wait for their targets
   * @param oldestSeconds the age of the oldest of these, since the node has known of it
   * @param leftSeconds the time remaining until no copy is missing, estimated from recent progress;
   *     -1 when unknown
   */
  record UnderReplication(
      boolean whole,
      Bytes lacking,
      Bytes unreachable,
      long chunks,
      long hints,
      long oldestSeconds,
      long leftSeconds)
      implements Node {}

  /**
   * To ReportStanding.
   *
   * @param wallMicros the node's wall clock, microseconds since 1970
   * @param full whether the node stores no new data for lack of room
   */
  record Standing(long wallMicros, boolean full) implements Node {}

  /**
   * To ReportEqualTimes.
   *
   * @param times in the form of {@code rondo.ring.repair.EqualTimes}
   */
  record Equality(Bytes times) implements Node {}

  /** A reply only to requests of {@link Request.Membership}. */
  sealed interface Membership extends Reply {}

  /**
   * To Ping, Probe and Install: states of nodes.
   *
   * @param states the answering node's own first, at most {@link NodeState#MOST}
   */
  record Pong(List<NodeState> states) implements Membership {
    public Pong {
      states = List.copyOf(states);
      if (states.isEmpty()) {
        throw new IllegalArgumentException("an answer that tells of no node");
      }
    }

    /** The answering node's own state. */
    public NodeState own() {
      return states.getFirst();
    }
  }

  /** To FetchLayout and Join: a layout in the form of {@code LayoutCodec}. */
  record LayoutIs(Bytes layout) implements Membership {}

  /** A reply only to requests of {@link Request.Tail}. */
  sealed interface Tail extends Reply {}

  /**
   * The changed rows that PullChanges asked for.
   *
   * @param life of the replica's memory of changes; a new life has forgotten the earlier ones
   * @param last the position after which the next request continues
   */
  record Changes(long life, long last, boolean more, List<Row> rows) implements Tail {}

  /** Why a replica refuses. */
  enum Reason {
    /** The key is closed for writes (its bucket is being deleted), or has moved elsewhere. */
    CLOSED,
    /** The disk is full or failed, or the node is shutting down or being rebuilt. */
    UNAVAILABLE,
    /** The node is not a replica of this key in the layout that it knows. */
    NOT_A_REPLICA,
    /** The request does not make sense to this node. */
    MALFORMED
  }
}
