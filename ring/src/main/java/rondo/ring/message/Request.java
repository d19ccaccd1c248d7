package rondo.ring.message;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Ballot;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/**
 * A request of a node to another, or to itself. Each carries the layout epoch that its sender
 * knows, and belongs to one family, which says how a node treats it: {@link Rows}, {@link
 * Membership} or {@link Node}.
 */
public sealed interface Request {
  long epoch();

  /** Reads or changes rows; a node answers these under exactly the epoch that they name. */
  sealed interface Rows extends Request {}

  /** The key's state; the value is left out of the reply unless {@code full}. */
  record Query(long epoch, Key key, boolean full) implements Rows {}

  /** Take {@code state} unless a newer one is there. */
  record Propagate(long epoch, Key key, VersionedValue state) implements Rows {}

  /** Promise to accept nothing below {@code ballot} for the successor of {@code base}. */
  record Prepare(long epoch, Key key, Stamp base, Ballot ballot) implements Rows {}

  /**
   * Accept {@code value} (null deletes) as the successor of {@code base}.
   *
   * @param origin the ballot of the conditional write that first proposed the value: it tells that
   *     write's value from an equal value of another
   */
  record Accept(
      long epoch, Key key, Stamp base, Ballot ballot, Ballot origin, @Nullable Bytes value)
      implements Rows {}

  /** A page of live rows; with {@code full} their values too. */
  record Scan(long epoch, ScanRange range, boolean full) implements Rows {}

  /**
   * A page of all the rows of some partitions, ordered by table, length of the partition key,
   * partition key and sort key ({@link Key#ORDER}); tombstones and unfinished conditional writes
   * are among them. The reply is {@link Reply.Rows}.
   *
   * @param partitions a bit per partition of the ring, little-endian ({@link
   *     java.util.BitSet#toByteArray})
   * @param after the page starts behind this key; null for the first
   * @param limit at least 1; a page may hold fewer rows and still not be the last
   */
  record PullRows(long epoch, Bytes partitions, @Nullable Key after, int limit) implements Rows {}

  /**
   * Take each of these states unless a newer one is there, in closed partition keys too: they are
   * copies of rows that were acknowledged elsewhere. The replica ignores {@link Row#pending}.
   */
  record PushRows(long epoch, List<Row> rows) implements Rows {}

  /**
   * Answer no request of {@link Rows} from now on, keep a snapshot of all rows under this id, and
   * reply with {@link Reply.Done}. The replica answers again after {@link ThawRows}, or by itself
   * soon after.
   *
   * @param id not 0; one that has a snapshot already replies so
   */
  record TakeSnapshot(long epoch, long id) implements Rows {}

  /** Compares the rows of replicas; changes nothing. */
  sealed interface Repair extends Rows {}

  /**
   * The sums of the rows of each of these partitions. The reply is {@link Reply.Sums}, in their
   * order.
   *
   * @param partitions as in {@link PullRows}
   */
  record SumPartitions(long epoch, Bytes partitions) implements Repair {}

  /** The sums of a partition's leaves. The reply is {@link Reply.Sums}, in their order. */
  record SumLeaves(long epoch, int partition) implements Repair {}

  /**
   * A page of the names and stamps of the rows in some leaves of a partition, in the order of
   * {@link Key#ORDER}; tombstones are among them. The reply is {@link Reply.Stamps}.
   *
   * @param leaves a bit per leaf, as {@link PullRows#partitions} has them
   * @param after the page starts behind this key; null for the first
   * @param limit at least 1; a page may hold fewer rows and still not be the last
   */
  record ListStamps(long epoch, int partition, Bytes leaves, @Nullable Key after, int limit)
      implements Repair {}

  /**
   * The rows of these keys. The reply is {@link Reply.Rows} with those that exist, up to a page's
   * size; {@link Reply.Rows#next} is the first key that found no more room.
   */
  record FetchRows(long epoch, List<Key> keys) implements Repair {}

  /**
   * A page of a replica's registers in some partitions between two keys, in the order of {@link
   * Key#ORDER}, with its promises and accepted values. The reply is {@link Reply.Registers}.
   *
   * @param partitions as in {@link PullRows}
   * @param from inclusive
   * @param to exclusive; null for the end
   * @param limit at least 1; a page may hold fewer and still not be the last
   */
  record PullRegisters(long epoch, Bytes partitions, Key from, @Nullable Key to, int limit)
      implements Repair {}

  /**
   * Moves the tail of a partition key's rows, those from one sort key on, to another partition key.
   * A replica answers only while its fence shows that this attempt is under way.
   */
  sealed interface Tail extends Rows {
    Bytes partition();
  }

  /**
   * A page of the tail's rows in the order of their keys; tombstones and unfinished conditional
   * writes are among them. The reply is {@link Reply.Rows}.
   *
   * @param after the page starts behind this key; null for the first
   * @param limit at least 1; a page may hold fewer rows and still not be the last
   */
  record PullTail(long epoch, Bytes partition, Bytes attempt, @Nullable Key after, int limit)
      implements Tail {}

  /**
   * A page of the tail's rows that have changed since the first such request, in their present
   * state. The reply is {@link Reply.Changes}.
   *
   * @param closed whether to answer only if the replica's tail is closed, after which no row
   *     changes
   * @param after the position up to which the caller has the changes: 0 at first, then {@link
   *     Reply.Changes#last}; the replica forgets them
   * @param limit at least 1
   */
  record PullChanges(
      long epoch, Bytes partition, Bytes attempt, boolean closed, long after, int limit)
      implements Tail {}

  /** The rows of these keys in the closed tail. The reply is as to {@link FetchRows}. */
  record FetchTail(long epoch, Bytes partition, Bytes attempt, List<Key> keys) implements Tail {}

  /**
   * Remove some of the rows from {@code from} on, which have left the partition key for good. The
   * reply is {@link Reply.Rows} without rows; its {@link Reply.Rows#next} is not null while some
   * are left.
   */
  record DropTail(long epoch, Bytes partition, Bytes from) implements Tail {}

  /** A request about layouts; a node answers it whatever the epoch. */
  sealed interface Membership extends Request {}

  /**
   * "I am here"; the reply is {@link Reply.Pong}.
   *
   * @param states the sender's own first, at most {@link NodeState#MOST}
   */
  record Ping(long epoch, List<NodeState> states) implements Membership {}

  /** Ping this node, and pass on its {@link Reply.Pong}, or refuse. */
  record Probe(long epoch, NodeId node) implements Membership {}

  /** The reply is {@link Reply.LayoutIs} with the newest layout, of {@code epoch} or not. */
  record FetchLayout(long epoch) implements Membership {}

  /** Install this layout ({@code LayoutCodec}); the reply is {@link Reply.Pong}. */
  record Install(long epoch, Bytes layout) implements Membership {}

  /**
   * Take this node ({@code LayoutCodec}) into the layout, or take note of its new address, zone or
   * capacity. The reply is {@link Reply.LayoutIs}, at once: the node asks again until that layout
   * names it.
   */
  record Join(long epoch, Bytes node) implements Membership {}

  /**
   * "Let us found a cluster of {@code expect} nodes; this is my description" ({@code LayoutCodec}).
   * The reply is {@link Reply.Pong}. Only for a node that has announced a release.
   */
  record Found(long epoch, Bytes node, int expect) implements Membership {}

  /** A request about the node itself, and no row or layout; it answers whatever the epoch. */
  sealed interface Node extends Request {}

  /**
   * Drop the cached state of {@code name}, and read it again before its next use; the reply is
   * {@link Reply.Done}.
   */
  record Forget(long epoch, Bytes name) implements Node {}

  /**
   * Report the node's clock and room; the reply is {@link Reply.Standing}. Only for nodes of
   * release 1 or later.
   */
  record ReportStanding(long epoch) implements Node {}

  /**
   * Take or tell something of audit logs; the reply is {@link Reply.Audit}. A node of an older
   * version hangs up, so it goes over a connection of its own.
   *
   * @param call what the audit log's nodes say to each other; the ring doesn't read it
   */
  record Audit(long epoch, Bytes call) implements Node {}

  /** Report the under-replicated data; the reply is {@link Reply.UnderReplication}. */
  record ReportUnderReplication(long epoch) implements Node {}

  /**
   * Answer requests on rows again after {@link TakeSnapshot}. The reply is {@link Reply.Done} only
   * if the node has answered none in between.
   */
  record ThawRows(long epoch, long id) implements Node {}

  /**
   * A page of the rows in a snapshot, ordered by table, length of the partition key, partition key
   * and sort key ({@link Key#ORDER}); tombstones are among them. The reply is {@link Reply.Rows},
   * whose {@link Row#pending} are null.
   *
   * @param after the page starts behind this key; null for the first
   * @param limit at least 1; a page may hold fewer rows and still not be the last
   */
  record PullSnapshot(long epoch, long id, @Nullable Key after, int limit) implements Node {}

  /** Give up the snapshot of that id. The reply is {@link Reply.Done}. */
  record DropSnapshot(long epoch, long id) implements Node {}

  /**
   * Drop no chunk for so long from now on, over restarts too. The reply is {@link Reply.Done}.
   *
   * @param seconds 0 ends the hold
   */
  record HoldChunks(long epoch, int seconds) implements Node {}

  /**
   * Report until when this node is known to have all rows that its peers had; the reply is {@link
   * Reply.Equality}. A node that doesn't know the request gives no answer.
   */
  record ReportEqualTimes(long epoch) implements Node {}
}
