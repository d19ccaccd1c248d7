package rondo.metadata.shard;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ShardMove;
import rondo.metadata.rows.ShardRange;
import rondo.ring.message.Row;
import rondo.ring.port.Placements;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.VersionedValue;

/** One move of tails, in the steps that {@link ShardMover} describes. For one thread. */
final class MoveRun {
  /** Copying so few changes takes some milliseconds: the tail may be closed. */
  private static final long SMALL = 100;

  private static final int ROUNDS = 30;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int MOST_UNFINISHED = 10_000;
  private static final int FETCHED = 200;

  /**
   * Shorter than {@link TailLocator#PATIENCE_NANOS}, after which a waiting client's node gives the
   * move up.
   */
  private static final long CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

  private final MoveRegistry registry;
  private final MoveRequests asking;
  private final Placements placements;
  private final Time time;
  private final String bucket;
  private final ShardMove move;
  private final long outlastNanos;
  private final Bytes attempt;
  private final List<MoveSource> sources = new ArrayList<>();
  private final MoveTarget target;
  private final Set<Key> unfinished = new TreeSet<>(Key.ORDER);
  private long closedAt;

  /**
   * @param outlastNanos a move that leaves tombstones behind goes on copying changes for at least
   *     so long; negative for a move that copies tombstones
   */
  MoveRun(
      MoveRegistry registry,
      MoveRequests asking,
      Placements placements,
      MoveTarget target,
      String bucket,
      ShardMove move,
      long outlastNanos) {
    this.registry = registry;
    this.asking = asking;
    this.placements = placements;
    this.time = registry.time();
    this.target = target;
    this.bucket = bucket;
    this.move = move;
    this.outlastNanos = outlastNanos;
    this.attempt = ShardFence.bytes(move.getAttempt());
  }

  long closedNanos() {
    return closedAt == 0 ? 0 : time.nanos() - closedAt;
  }

  void run() throws MoveAbandonedException {
    if (registry.change(bucket, row -> ShardRanges.announced(row, move))
        != MoveRegistry.Ended.DONE) {
      throw new MoveAbandonedException("the bucket has changed");
    }
    fence();
    copy();
    outlast();
    catchUp();
    close();
    flip();
  }

  private void fence() throws MoveAbandonedException {
    MoveRegistry.Read read = registry.bucket(bucket);
    BucketRow row = read == null ? null : read.row();
    if (row == null || !ShardRanges.isMoving(row, move.getAttempt())) {
      throw new MoveAbandonedException("somebody has given the move up");
    }
    for (ShardRange range : move.getSourcesList()) {
      fence(row, range);
      var source =
          new MoveSource(asking, range, attempt, placements.of(ShardFence.bytes(range.getId())));
      sources.add(source);
      source.open();
    }
  }

  private void fence(BucketRow row, ShardRange range) throws MoveAbandonedException {
    Bytes from = ShardFence.bytes(range.getFrom());
    Bytes end = ShardRanges.end(row, ShardRanges.of(row, from));
    ByteString id = row.getId();
    VersionedValue fenced =
        registry.fence(
            ShardFence.bytes(range.getId()),
            fence -> fence.isClosed() ? fence : fence.moving(from, end, attempt, bucket, id));
    if (fenced == null) {
      throw new MoveAbandonedException("a shard's fence stays as it is");
    }
  }

  private void copy() throws MoveAbandonedException {
    for (MoveSource source : sources) {
      var snapshot = new TailSnapshot(source);
      for (List<Row> rows = snapshot.next(); !rows.isEmpty(); rows = snapshot.next()) {
        if (outlastNanos < 0 || !NewestRow.isBuried(rows, source.nodes().size())) {
          take(rows);
        }
      }
    }
    target.flush();
  }

  private void takeChanged(Row row) throws MoveAbandonedException {
    if (row.state().equals(VersionedValue.NEVER) && row.pending() == null) {
      // The row has been purged since: an older state of it may have been copied.
      throw new MoveAbandonedException("a row has vanished");
    }
    take(List.of(row));
  }

  /** Copies the replicas' rows of one key. */
  private void take(List<Row> rows) throws MoveAbandonedException {
    Key key = rows.getFirst().key();
    VersionedValue state = NewestRow.state(rows);
    if (!state.equals(VersionedValue.NEVER)) {
      target.add(key, state);
    }
    if (NewestRow.isUnfinished(rows)) {
      unfinished.add(key);
      if (unfinished.size() > MOST_UNFINISHED) {
        throw new MoveAbandonedException("too many unfinished writes");
      }
    }
  }

  private long drain(boolean closed) throws MoveAbandonedException {
    long drained = 0;
    for (MoveSource source : sources) {
      drained +=
          source.drain(
              closed,
              rows -> {
                for (Row row : rows) {
                  takeChanged(row);
                }
              });
    }
    target.flush();
    return drained;
  }

  /**
   * Waits until all operations have ended that were under way when the last tombstone was left
   * behind.
   */
  private void outlast() throws MoveAbandonedException {
    long until = time.nanos() + outlastNanos;
    while (time.nanos() < until) {
      asking.pause(Math.min(PAUSE_NANOS, until - time.nanos()));
      drain(false);
    }
  }

  private void catchUp() throws MoveAbandonedException {
    for (int i = 0; i < ROUNDS; i++) {
      if (drain(false) <= SMALL) {
        return;
      }
    }
    throw new MoveAbandonedException("the keys change faster than they are copied");
  }

  private void close() throws MoveAbandonedException {
    closedAt = time.nanos();
    for (MoveSource source : sources) {
      VersionedValue state =
          registry.fence(
              source.shard(), fence -> fence.isMoving(attempt) ? fence.tailClosed() : fence);
      if (state == null) {
        throw new MoveAbandonedException("a tail stays open");
      }
      source.fence(state);
    }
    drain(true);
    finish();
  }

  /** Finishes conditional writes that may have been chosen although no proposer has learnt it. */
  private void finish() throws MoveAbandonedException {
    for (MoveSource source : sources) {
      List<Key> keys =
          unfinished.stream().filter(key -> key.partition().equals(source.shard())).toList();
      for (int from = 0; from < keys.size(); from += FETCHED) {
        var closed = new TreeMap<Key, List<Row>>(Key.ORDER);
        for (Row row : source.fetch(keys.subList(from, Math.min(keys.size(), from + FETCHED)))) {
          closed.computeIfAbsent(row.key(), key -> new ArrayList<>()).add(row);
        }
        for (var entry : closed.entrySet()) {
          target.add(entry.getKey(), NewestRow.settled(entry.getValue()));
        }
      }
    }
    target.flush();
    if (closedNanos() > CLOSE_NANOS) {
      throw new MoveAbandonedException("the keys were closed for too long");
    }
  }

  private void flip() throws MoveAbandonedException {
    for (int i = 0; i < 3; i++) {
      switch (registry.change(bucket, row -> ShardRanges.moved(row, move.getAttempt()))) {
        case DONE -> {
          return;
        }
        case REFUSED, UNKNOWN -> {
          MoveRegistry.Read read = registry.bucket(bucket);
          if (read != null && ShardRanges.has(read.row(), move.getTarget())) {
            return;
          }
          if (read != null && !ShardRanges.isMoving(read.row(), move.getAttempt())) {
            throw new MoveAbandonedException("somebody has given the move up");
          }
        }
      }
    }
    throw new MoveAbandonedException("the bucket's row can't be changed");
  }
}
