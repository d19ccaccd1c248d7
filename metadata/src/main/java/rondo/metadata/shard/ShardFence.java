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
 * What a shard refuses. A deletion of the bucket closes it for writes; a move closes a tail of its
 * keys for everything, and what has moved never comes back. Each party changes its own part. Pure.
 */
public record ShardFence(FenceRow row) {
  /** Nothing is refused. */
  public static final ShardFence OPEN = new ShardFence(FenceRow.getDefaultInstance());

  /**
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

  /** The row's value; null where nothing is refused. */
  public @Nullable Bytes value() {
    return row.equals(OPEN.row) ? null : Bytes.wrap(row.toByteArray());
  }

  /** Whether that deletion has closed the shard for writes. */
  public boolean isClosedBy(Bytes deletion) {
    return bytes(row.getClosed()).equals(deletion);
  }

  /** Whether a deletion has closed the shard for writes. */
  boolean isClosed() {
    return !row.getClosed().isEmpty();
  }

  /** Whether a row is refused to whoever would write it. */
  public boolean refusesWrite(Bytes sort) {
    return isClosed() || refuses(sort);
  }

  /** Whether a row is refused to everybody. */
  public boolean refuses(Bytes sort) {
    return isGone(sort) || (isTailClosed() && bytes(row.getTail().getFrom()).compareTo(sort) <= 0);
  }

  /** Whether a row has moved elsewhere for good. */
  public boolean isGone(Bytes sort) {
    return row.hasEnd() && bytes(row.getEnd()).compareTo(sort) <= 0;
  }

  /** Whether a scan reaches what is refused. */
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

  /** The keys that are on the move; null when none are. */
  public @Nullable Bytes tail() {
    return row.hasTail() ? bytes(row.getTail().getFrom()) : null;
  }

  /** Whether a row is among those on the move. */
  public boolean isInTail(Bytes sort) {
    Bytes tail = tail();
    return tail != null && tail.compareTo(sort) <= 0 && !isGone(sort);
  }

  /** The first key that isn't the shard's any more; null for none. */
  public @Nullable Bytes end() {
    return row.hasEnd() ? bytes(row.getEnd()) : null;
  }

  /** Whether the move that has this attempt goes on here. */
  public boolean isMoving(Bytes attempt) {
    return row.hasTail() && bytes(row.getTail().getAttempt()).equals(attempt);
  }

  /**
   * This fence with a tail whose changes are noted.
   *
   * @param end the first key behind the shard's; null for none: whatever moved once stays refused
   * @param bucket whose row says where the keys are afterwards
   */
  ShardFence moving(
      Bytes from, @Nullable Bytes end, Bytes attempt, String bucket, ByteString bucketId) {
    return changed(row -> {
      row.setBucket(bucket).setBucketId(bucketId);
      row.setTail(FenceRow.Tail.newBuilder().setFrom(text(from)).setAttempt(text(attempt)));
      return end == null ? row : row.setEnd(text(end));
    });
  }

  /** This fence with its tail closed. */
  ShardFence tailClosed() {
    return changed(
        row -> row.setTail(row.getTail().toBuilder().setState(FenceRow.Tail.State.CLOSED)));
  }

  /** This fence without the tail of an attempt that came to nothing. */
  ShardFence without(Bytes attempt) {
    return isMoving(attempt) ? changed(FenceRow.Builder::clearTail) : this;
  }

  /** This fence, which refuses all keys from there on for good. */
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

  /** This fence for a shard whose bucket is gone. */
  ShardFence ofGone(String bucket, ByteString bucketId) {
    return changed(row -> row.setBucket(bucket).setBucketId(bucketId));
  }

  /** This fence, closed by a deletion, which has ended a move of the shard before. */
  public ShardFence closedBy(Bytes deletion) {
    return changed(row -> row.setClosed(text(deletion)).clearTail());
  }

  /** This fence, closed by no deletion. */
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
