package rondo.metadata.shard;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.UnsafeByteOperations;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.FenceRow;
import rondo.metadata.table.RowKey;
import rondo.ring.message.ScanRange;
import rondo.ring.value.Bytes;

/**
 * The requests that a shard refuses. A bucket's deletion closes the shard for writes; a move closes
 * the tail of its keys for all requests, and keys that have moved away never come back. Deletion
 * and move each change their own part. Pure.
 */
public record ShardFence(FenceRow row) {
  /** The fence that refuses nothing. */
  public static final ShardFence OPEN = new ShardFence(FenceRow.getDefaultInstance());

  /**
   * Decodes a fence.
   *
   * @param value of the fence's row; null refuses nothing
   * @throws IllegalArgumentException when the value is no fence
   */
  public static ShardFence of(@Nullable Bytes value) {
    if (value == null) {
      return OPEN;
    }
    try {
      return new ShardFence(FenceRow.parseFrom(UnsafeByteOperations.unsafeWrap(value.array())));
    } catch (InvalidProtocolBufferException e) {
      throw new IllegalArgumentException("no fence", e);
    }
  }

  /** Returns the value of the fence's row; null when nothing is refused. */
  public @Nullable Bytes value() {
    return row.equals(OPEN.row) ? null : Bytes.wrap(row.toByteArray());
  }

  /** Whether this deletion has closed the shard for writes. */
  public boolean isClosedBy(Bytes deletion) {
    return bytes(row.getClosed()).equals(deletion);
  }

  /** Whether a deletion has closed the shard for writes. */
  boolean isClosed() {
    return !row.getClosed().isEmpty();
  }

  /** Whether writes of this row are refused. */
  public boolean refusesWrite(Bytes sort) {
    return isClosed() || refuses(sort);
  }

  /** Whether all requests for this row are refused. */
  public boolean refuses(Bytes sort) {
    return isGone(sort) || (isTailClosed() && bytes(row.getTail().getFrom()).compareTo(sort) <= 0);
  }

  /** Whether this row has moved to another shard for good. */
  public boolean isGone(Bytes sort) {
    return row.hasEnd() && bytes(row.getEnd()).compareTo(sort) <= 0;
  }

  /** Whether a scan reaches keys that are refused. */
  public boolean refuses(ScanRange range) {
    return (row.hasEnd() && reaches(range, bytes(row.getEnd())))
        || (isTailClosed() && reaches(range, bytes(row.getTail().getFrom())));
  }

  private static boolean reaches(ScanRange range, Bytes from) {
    Bytes end = RowKey.after(range.prefix());
    return (end == null || end.compareTo(from) > 0)
        && (range.to() == null || range.to().compareTo(from) > 0);
  }

  /** Whether the tail is closed. */
  public boolean isTailClosed() {
    return row.hasTail() && row.getTail().getState() == FenceRow.Tail.State.CLOSED;
  }

  /** Returns the first key of the tail that is being moved; null when there is no move. */
  public @Nullable Bytes tail() {
    return row.hasTail() ? bytes(row.getTail().getFrom()) : null;
  }

  /** Whether this row is in the tail that is being moved. */
  public boolean isInTail(Bytes sort) {
    Bytes tail = tail();
    return tail != null && tail.compareTo(sort) <= 0 && !isGone(sort);
  }

  /** Returns the first key that has moved away for good; null for none. */
  public @Nullable Bytes end() {
    return row.hasEnd() ? bytes(row.getEnd()) : null;
  }

  /** Whether the move with this attempt is going on here. */
  public boolean isMoving(Bytes attempt) {
    return row.hasTail() && bytes(row.getTail().getAttempt()).equals(attempt);
  }

  /**
   * Returns this fence with a tail whose changes replicas journal.
   *
   * @param end the first key behind the shard's; null for none. Keys that moved away once stay
   *     refused.
   * @param bucket its row says where the keys are after the move
   */
  ShardFence moving(
      Bytes from, @Nullable Bytes end, Bytes attempt, String bucket, ByteString bucketId) {
    return changed(row -> {
      row.setBucket(bucket).setBucketId(bucketId);
      row.setTail(FenceRow.Tail.newBuilder().setFrom(text(from)).setAttempt(text(attempt)));
      return end == null ? row : row.setEnd(text(end));
    });
  }

  /** Returns this fence with its tail closed. */
  ShardFence tailClosed() {
    return changed(
        row -> row.setTail(row.getTail().toBuilder().setState(FenceRow.Tail.State.CLOSED)));
  }

  /** Returns this fence without the tail of a move that was given up. */
  ShardFence without(Bytes attempt) {
    return isMoving(attempt) ? changed(FenceRow.Builder::clearTail) : this;
  }

  /** Returns this fence so that it refuses all keys from {@code from} on for good. */
  ShardFence endingAt(Bytes from) {
    Bytes tail = tail();
    return changed(row -> {
      if (tail != null && tail.compareTo(from) >= 0) {
        row.clearTail();
      }
      return row.hasEnd() && bytes(row.getEnd()).compareTo(from) <= 0
          ? row
          : row.setEnd(text(from));
    });
  }

  /** Returns this fence for a shard whose bucket is gone. */
  ShardFence ofGone(String bucket, ByteString bucketId) {
    return changed(row -> row.setBucket(bucket).setBucketId(bucketId));
  }

  /** Returns this fence closed by a deletion, which has ended any move of the shard before. */
  public ShardFence closedBy(Bytes deletion) {
    return changed(row -> row.setClosed(text(deletion)).clearTail());
  }

  /** Returns this fence without a deletion. */
  public ShardFence reopened() {
    return changed(FenceRow.Builder::clearClosed);
  }

  private ShardFence changed(UnaryOperator<FenceRow.Builder> change) {
    return new ShardFence(change.apply(row.toBuilder()).build());
  }

  static Bytes bytes(ByteString text) {
    return Bytes.wrap(text.toByteArray());
  }

  static ByteString text(Bytes bytes) {
    return UnsafeByteOperations.unsafeWrap(bytes.array());
  }
}
