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
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;
import rondo.ring.register.Versioned;

/** One move, as the {@link Mover} tells it. Used by one thread. */
final class Move {
  /** So few changes take some milliseconds. */
  private static final long SMALL = 100;

  private static final int ROUNDS = 30;
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int MOST_UNFINISHED = 10_000;
  private static final int FETCHED = 200;

  /** Whoever waits gives the move up after {@link Moved#PATIENCE_NANOS}. */
  private static final long CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

  private final Registry registry;
  private final Asking asking;
  private final Placements placements;
  private final Time time;
  private final String bucket;
  private final ShardMove move;
  private final long outlastNanos;
  private final Bytes attempt;
  private final List<Source> sources = new ArrayList<>();
  private final Target target;
  private final Set<Key> unfinished = new TreeSet<>(Key.ORDER);
  private long closedAt;

  /**
   * @param outlastNanos how long it takes at least once tombstones have been left behind; negative:
   *     none are
   */
  Move(
      Registry registry,
      Asking asking,
      Placements placements,
      Target target,
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
    this.attempt = Fence.bytes(move.getAttempt());
  }

  long closedNanos() {
    return closedAt == 0 ? 0 : time.nanos() - closedAt;
  }

  void run() throws GivenUpException {
    if (registry.change(bucket, row -> Ranges.announced(row, move)) != Registry.Ended.DONE) {
      throw new GivenUpException("the bucket has changed");
    }
    fence();
    copy();
    outlast();
    catchUp();
    close();
    flip();
  }

  private void fence() throws GivenUpException {
    Registry.Read read = registry.bucket(bucket);
    BucketRow row = read == null ? null : read.row();
    if (row == null || !Ranges.isMoving(row, move.getAttempt())) {
      throw new GivenUpException("somebody has given the move up");
    }
    for (ShardRange range : move.getSourcesList()) {
      fence(row, range);
      var source = new Source(asking, range, attempt, placements.of(Fence.bytes(range.getId())));
      sources.add(source);
      source.open();
    }
  }

  private void fence(BucketRow row, ShardRange range) throws GivenUpException {
    Bytes from = Fence.bytes(range.getFrom());
    Bytes end = Ranges.end(row, Ranges.of(row, from));
    ByteString id = row.getId();
    Versioned fenced =
        registry.fence(
            Fence.bytes(range.getId()),
            fence -> fence.isClosed() ? fence : fence.moving(from, end, attempt, bucket, id));
    if (fenced == null) {
      throw new GivenUpException("a shard's fence stays as it is");
    }
  }

  private void copy() throws GivenUpException {
    for (Source source : sources) {
      var snapshot = new Snapshot(source);
      for (List<Row> rows = snapshot.next(); !rows.isEmpty(); rows = snapshot.next()) {
        if (outlastNanos < 0 || !Newest.isBuried(rows, source.nodes().size())) {
          take(rows);
        }
      }
    }
    target.flush();
  }

  private void takeChanged(Row row) throws GivenUpException {
    if (row.state().equals(Versioned.NEVER) && row.pending() == null) {
      // It was purged since: an older state of it may have been copied.
      throw new GivenUpException("a row has vanished");
    }
    take(List.of(row));
  }

  /** Rows of one key. */
  private void take(List<Row> rows) throws GivenUpException {
    Key key = rows.getFirst().key();
    Versioned state = Newest.state(rows);
    if (!state.equals(Versioned.NEVER)) {
      target.add(key, state);
    }
    if (Newest.isUnfinished(rows)) {
      unfinished.add(key);
      if (unfinished.size() > MOST_UNFINISHED) {
        throw new GivenUpException("too many unfinished writes");
      }
    }
  }

  private long drain(boolean closed) throws GivenUpException {
    long drained = 0;
    for (Source source : sources) {
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

  /** Until all that were under way when the last tombstone was left behind have ended. */
  private void outlast() throws GivenUpException {
    long until = time.nanos() + outlastNanos;
    while (time.nanos() < until) {
      asking.pause(Math.min(PAUSE_NANOS, until - time.nanos()));
      drain(false);
    }
  }

  private void catchUp() throws GivenUpException {
    for (int i = 0; i < ROUNDS; i++) {
      if (drain(false) <= SMALL) {
        return;
      }
    }
    throw new GivenUpException("the keys change faster than they are copied");
  }

  private void close() throws GivenUpException {
    closedAt = time.nanos();
    for (Source source : sources) {
      Versioned state =
          registry.fence(
              source.shard(), fence -> fence.isMoving(attempt) ? fence.tailClosed() : fence);
      if (state == null) {
        throw new GivenUpException("a tail stays open");
      }
      source.fence(state);
    }
    drain(true);
    finish();
  }

  /** Conditional writes that may have been chosen without anybody having learnt it. */
  private void finish() throws GivenUpException {
    for (Source source : sources) {
      List<Key> keys =
          unfinished.stream().filter(key -> key.partition().equals(source.shard())).toList();
      for (int from = 0; from < keys.size(); from += FETCHED) {
        var closed = new TreeMap<Key, List<Row>>(Key.ORDER);
        for (Row row : source.fetch(keys.subList(from, Math.min(keys.size(), from + FETCHED)))) {
          closed.computeIfAbsent(row.key(), key -> new ArrayList<>()).add(row);
        }
        for (var entry : closed.entrySet()) {
          target.add(entry.getKey(), Newest.settled(entry.getValue()));
        }
      }
    }
    target.flush();
    if (closedNanos() > CLOSE_NANOS) {
      throw new GivenUpException("the keys were closed for too long");
    }
  }

  private void flip() throws GivenUpException {
    for (int i = 0; i < 3; i++) {
      switch (registry.change(bucket, row -> Ranges.moved(row, move.getAttempt()))) {
        case DONE -> {
          return;
        }
        case REFUSED, UNKNOWN -> {
          Registry.Read read = registry.bucket(bucket);
          if (read != null && Ranges.has(read.row(), move.getTarget())) {
            return;
          }
          if (read != null && !Ranges.isMoving(read.row(), move.getAttempt())) {
            throw new GivenUpException("somebody has given the move up");
          }
        }
      }
    }
    throw new GivenUpException("the bucket's row can't be changed");
  }
}
