package rondo.metadata.shard;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ShardMove;
import rondo.metadata.rows.ShardRange;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.message.Row;
import rondo.ring.port.Network;
import rondo.ring.port.Placements;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.register.Bytes;
import rondo.ring.register.Key;
import rondo.ring.register.Versioned;

/**
 * Moves the tails of neighbouring shards into a shard of their own while clients write: a split
 * moves one tail, a merge whole neighbours. Straight-line code; thread-safe.
 *
 * <ol>
 *   <li>The bucket's row takes the move up, as the only one of the bucket. As long as it has it,
 *       and no longer, the move can come to its end: whoever gives the move up removes it there.
 *   <li>The sources' fences name the tail, and replicas that meet every quorum note what changes.
 *   <li>Their rows are copied, then what has changed meanwhile, until that is little.
 *   <li>The tail is closed at these replicas. From now on nothing in it is acknowledged, answered
 *       or chosen, so that what is copied last is all: what was acknowledged before is at one of
 *       them, and so is what was chosen, which is brought to its end ({@link Newest#settled}).
 *   <li>The bucket's row says where the keys are. Whoever asks a source is refused, and looks
 *       there.
 * </ol>
 */
public final class Mover {
  /** So few changes take some milliseconds. */
  private static final long SMALL = 100;

  private static final int ROUNDS = 30;
  private static final int MOST_UNFINISHED = 10_000;
  private static final int FETCHED = 200;

  /** Whoever waits gives the move up after {@link Moved#PATIENCE_NANOS}. */
  private static final long CLOSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1500);

  private final Registry registry;
  private final Asking asking;
  private final Placements placements;
  private final Time time;
  private final LongConsumer pace;

  /**
   * @param pace told of the bytes of every batch that was copied; may wait
   */
  public Mover(
      Coordinator coordinator,
      Placements placements,
      Network network,
      Tasks tasks,
      Time time,
      LongConsumer pace) {
    this.registry = new Registry(coordinator, time);
    this.asking = new Asking(network, tasks, time);
    this.placements = placements;
    this.time = time;
    this.pace = pace;
  }

  /**
   * What became of a move.
   *
   * @param why it was given up; null when it is done
   * @param rows that were copied
   * @param closedNanos how long the keys were closed
   */
  public record Result(@Nullable String why, long rows, long closedNanos) {
    public boolean isDone() {
      return why == null;
    }
  }

  /**
   * Moves the sources' tails.
   *
   * @param move sources: ranges as the bucket's row has them, the first one's from perhaps later;
   *     attempt and target: 16 random bytes each, never used before
   */
  public Result move(String bucket, ShardMove move) {
    var run = new Run(bucket, move);
    try {
      return run.run();
    } catch (GivenUpException e) {
      giveUp(bucket, move);
      return new Result(String.valueOf(e.getMessage()), run.target.copied(), run.closedNanos());
    }
  }

  /** Ends a move that can't go on, whoever began it. */
  public void giveUp(String bucket, ShardMove move) {
    new Moved(registry).giveUp(bucket, move);
  }

  /** One move. */
  private final class Run {
    private final String bucket;
    private final ShardMove move;
    private final Bytes attempt;
    private final List<Source> sources = new ArrayList<>();
    private final Target target;
    private final Set<Key> unfinished = new TreeSet<>(Key.ORDER);
    private long closedAt;

    Run(String bucket, ShardMove move) {
      this.bucket = bucket;
      this.move = move;
      this.attempt = Fence.bytes(move.getAttempt());
      this.target = new Target(asking, placements, Fence.bytes(move.getTarget()), pace);
    }

    long closedNanos() {
      return closedAt == 0 ? 0 : time.nanos() - closedAt;
    }

    Result run() throws GivenUpException {
      if (registry.change(bucket, row -> Ranges.announced(row, move)) != Registry.Ended.DONE) {
        throw new GivenUpException("the bucket has changed");
      }
      fence();
      copy();
      catchUp();
      close();
      flip();
      return new Result(null, target.copied(), closedNanos());
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
          take(rows);
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
}
