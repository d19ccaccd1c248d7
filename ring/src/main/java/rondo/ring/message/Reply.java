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
 * What a node answers. A reply that only one family of requests has belongs to {@link Repair},
 * {@link Tail}, {@link Membership} or {@link Node}, as its requests do.
 */
public sealed interface Reply {
  /** To Query: the stamp, whether a value is there, and the value itself if it was asked for. */
  record State(VersionedValue state, boolean present) implements Reply {}

  /** To Propagate and Accept: done, and on stable storage. */
  record Done() implements Reply {}

  /** To Prepare: promised; {@code accepted} is what was accepted before, if anything was. */
  record Promised(@Nullable AcceptedValue accepted) implements Reply {}

  /**
   * To Prepare and Accept: the key's stamp is already past the base. To Propagate: past the state,
   * of which what outlives it was kept.
   */
  record Moved(Stamp stamp) implements Reply {}

  /** To Prepare and Accept: a higher ballot was promised. */
  record Outbid(Ballot promised) implements Reply {}

  /**
   * To Scan: entries in order.
   *
   * @param more when the limit, the page's size or the work that it took ended it
   * @param next where to go on, with {@code more}; null for behind the last entry, which there is
   *     then
   */
  record Page(List<Entry> entries, boolean more, @Nullable Bytes next) implements Reply {
    /** One that goes on behind its last entry. */
    public Page(List<Entry> entries, boolean more) {
      this(entries, more, null);
    }
  }

  /** The sender's layout is too old: fetch the one of {@code epoch}. */
  record Stale(long epoch) implements Reply {}

  /** Certainly not done, and why. */
  record Refused(Reason reason, String detail) implements Reply {}

  /**
   * A row, or a group of rows under a common prefix, of which {@code sort} is the first live one.
   *
   * @param group the common prefix, or null for a plain row
   * @param value null in digests and groups
   */
  record Entry(@Nullable Bytes group, Bytes sort, Stamp stamp, @Nullable Bytes value) {}

  /**
   * To PullRows and FetchRows.
   *
   * @param next to PullRows: where to go on after this page, null behind the last; may lie behind
   *     the last row
   */
  record Rows(List<Row> rows, @Nullable Key next) implements Reply {}

  /** Only to requests of {@link Request.Repair}. */
  sealed interface Repair extends Reply {}

  /** To SumPartitions and SumLeaves: eight bytes, big-endian, for each that was asked for. */
  record Sums(Bytes sums) implements Repair {
    /** The sum at a place in the order of the question. */
    public long at(int index) {
      return ByteBuffer.wrap(sums.array()).getLong(index * Long.BYTES);
    }

    public int count() {
      return sums.length() / Long.BYTES;
    }
  }

  /** The name of a row and the stamp of its newest write. */
  record Stamped(Key key, Stamp stamp) {}

  /**
   * To ListStamps.
   *
   * @param next where to go on after this page, null behind the last; may lie behind the last row
   */
  record Stamps(List<Stamped> rows, @Nullable Key next) implements Repair {}

  /**
   * The name of a register and what a replica remembers of it.
   *
   * @param row in the form of {@code RegisterCodec}
   */
  record Register(Key key, Bytes row) {}

  /**
   * To PullRegisters.
   *
   * @param next where the next page begins; null behind the last
   */
  record Registers(List<Register> registers, @Nullable Key next) implements Repair {}

  /** Only to requests of {@link Request.Node}. */
  sealed interface Node extends Reply {}

  /**
   * To TellLack: what a node knows of what it shares with others.
   *
   * @param whole whether nothing is missing
   * @param lacking partitions of which a replica lacks rows; as in {@link Request.PullRows}
   * @param unreachable partitions of which a replica can't be asked
   * @param chunks that are missing there
   * @param hints that wait there for their targets
   * @param oldestSeconds for how long the oldest of these is known
   * @param leftSeconds until all is whole, judged by what was done lately; -1 when that isn't known
   */
  record Lack(
      boolean whole,
      Bytes lacking,
      Bytes unreachable,
      long chunks,
      long hints,
      long oldestSeconds,
      long leftSeconds)
      implements Node {}

  /** Only to requests of {@link Request.Membership}. */
  sealed interface Membership extends Reply {}

  /**
   * To Ping, Probe and Install.
   *
   * @param facts of the answering node first, at most {@link NodeState#MOST}
   */
  record Pong(List<NodeState> facts) implements Membership {
    public Pong {
      facts = List.copyOf(facts);
      if (facts.isEmpty()) {
        throw new IllegalArgumentException("an answer that tells of no node");
      }
    }

    /** What the node says of itself. */
    public NodeState own() {
      return facts.getFirst();
    }
  }

  /** To FetchLayout and Join: a layout in the form of {@code LayoutCodec}. */
  record LayoutIs(Bytes layout) implements Membership {}

  /** Only to requests of {@link Request.Tail}. */
  sealed interface Tail extends Reply {}

  /**
   * To PullChanges.
   *
   * @param life of the replica: another one has forgotten what had changed
   * @param last where to go on
   */
  record Changes(long life, long last, boolean more, List<Row> rows) implements Tail {}

  /** Why a replica refuses. */
  enum Reason {
    /** The key is closed for writes (its bucket is being deleted), or has moved elsewhere. */
    CLOSED,
    /** The disk is full or failed, or the node is shutting down or being refilled. */
    UNAVAILABLE,
    /** The node is not a replica of this key in the layout that it knows. */
    NOT_A_REPLICA,
    /** The request does not make sense to this node. */
    MALFORMED
  }
}
