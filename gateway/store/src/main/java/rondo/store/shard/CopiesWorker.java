package rondo.store.shard;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.Segment;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.streaming.Throttle;
import rondo.ring.value.Bytes;
import rondo.storage.chunk.ChunkOwner;
import rondo.store.Store;
import rondo.store.blob.BlobUnavailableException;
import rondo.store.blob.BlobWriter;
import rondo.store.listing.MisplacedBlobs;
import rondo.store.object.BlobRelocation;
import rondo.store.object.StoredObject;
import rondo.store.object.VersionId;
import rondo.store.row.Bucket;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;

/**
 * Copies blobs into new ones where a bucket is to have another number of copies than they have, and
 * names the new ones in their rows. A bucket is walked again and again until nothing of what was
 * begun before the change can come any more. One blob at a time, and no more bytes than the rate
 * that data moves at; started once.
 */
public final class CopiesWorker {
  private static final Logger LOG = LoggerFactory.getLogger(CopiesWorker.class);
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Between two walks through a bucket of which the last found nothing. */
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(10);

  /** Longer than an upload of one object or part takes; those of many parts are looked for. */
  private static final long GRACE_MICROS = TimeUnit.HOURS.toMicros(24);

  private final Store store;
  private final BucketAssignment turns;
  private final ShardCounters counters;
  private final Tasks tasks;
  private final Time time;
  private final Throttle throttle;
  private final Map<ByteString, Quiet> quiet = new HashMap<>();
  private volatile boolean stopped;

  /** Nothing was found since this change; a change after it is looked at at once. */
  private record Quiet(long changedMicros, long untilNanos) {}

  /**
   * @param turns whose turn it is to look after a bucket, by its first shard
   * @param bytesPerSecond 0: as fast as it goes
   */
  public CopiesWorker(
      Store store,
      BucketAssignment turns,
      ShardCounters counters,
      Tasks tasks,
      Time time,
      long bytesPerSecond) {
    this.store = store;
    this.turns = turns;
    this.counters = counters;
    this.tasks = tasks;
    this.time = time;
    this.throttle = new Throttle(tasks, time, bytesPerSecond);
  }

  /**
   * Starts to work in the background.
   *
   * @param ready whether the node is a member of a cluster; until then there is nothing to do
   * @return what stops that
   */
  public Runnable start(BooleanSupplier ready) {
    Mailbox<Boolean> stop = tasks.mailbox();
    tasks.start("copies", () -> run(ready, stop));
    return () -> {
      stopped = true;
      stop.put(true);
    };
  }

  private void run(BooleanSupplier ready, Mailbox<Boolean> stop) {
    while (stop.take(time.nanos() + REST_NANOS) == null) {
      if (ready.getAsBoolean()) {
        try {
          look();
        } catch (StoreException unavailable) {
          LOG.debug("no look at the buckets' copies: {}", unavailable.message());
        }
      }
    }
  }

  /** Goes through all buckets once. */
  void look() {
    BucketRows.through(
        store.rows(),
        (name, row) -> {
          if (isDue(row)) {
            bucket(name, row);
          }
          return !stopped;
        });
  }

  private boolean isDue(BucketRow row) {
    return row.getCopiesChangedMicros() != 0
        && row.getPhase() == BucketRow.Phase.LIVE
        && !row.getAvailable()
        && turns.isMine(RowStore.bytes(row.getShards(0).getId()))
        && !isQuiet(row);
  }

  private boolean isQuiet(BucketRow row) {
    Quiet known = quiet.get(row.getId());
    return known != null
        && known.changedMicros() == row.getCopiesChangedMicros()
        && time.nanos() < known.untilNanos();
  }

  private void bucket(String name, BucketRow row) {
    try {
      Bucket bucket = store.buckets().fresh(name);
      long began = store.rows().wallMicros();
      var left = new ArrayList<String>();
      boolean all =
          MisplacedBlobs.through(
              store.listing(),
              bucket,
              (key, version) -> {
                if (!move(bucket, key, version)) {
                  left.add(key);
                }
                return !stopped;
              });
      if (all && left.isEmpty()) {
        end(bucket, row, began);
      }
    } catch (StoreException unavailable) {
      LOG.debug("copies of bucket {}: {}", name, unavailable.message());
    }
  }

  /** Nothing was found; once nothing can come any more, the bucket is left alone. */
  private void end(Bucket bucket, BucketRow row, long beganMicros) {
    long changed = row.getCopiesChangedMicros();
    if (beganMicros - changed < GRACE_MICROS || MisplacedBlobs.hasParts(store.listing(), bucket)) {
      quiet.put(row.getId(), new Quiet(changed, time.nanos() + QUIET_NANOS));
      return;
    }
    quiet.remove(row.getId());
    store
        .buckets()
        .change(
            bucket,
            now ->
                now.getCopiesChangedMicros() == changed
                    ? now.toBuilder().clearCopiesChangedMicros().build()
                    : now);
  }

  /** False when it is to be tried again. */
  private boolean move(Bucket bucket, String key, ObjectRow listed) {
    try {
      StoredObject stored = store.objects().find(bucket, key, VersionId.of(listed));
      if (stored == null || bucket.isHome(stored.row().getSegmentsList())) {
        return true;
      }
      List<Segment> copies = copies(bucket, key, stored.row().getSegmentsList());
      boolean done =
          copies != null
              && new BlobRelocation(store.objects()).change(bucket, key, stored.row(), copies);
      (done ? counters.blobsCopied : counters.blobsNotCopied).increment();
      return done;
    } catch (StoreException unavailable) {
      // Whether the row names the copies isn't known: whichever blobs no row names are orphans.
      counters.blobsNotCopied.increment();
      return false;
    }
  }

  /** New blobs with the same bytes; null when that couldn't be done. */
  private @Nullable List<Segment> copies(Bucket bucket, String key, List<Segment> blobs) {
    Bytes bytes = Bytes.utf8(key);
    Bytes owner = ChunkOwner.object(bucket.shardOf(bytes), bytes).encode();
    var copies = new ArrayList<Segment>();
    for (Segment blob : blobs) {
      Segment copy = stopped ? null : copy(bucket, owner, blob);
      if (copy == null) {
        store.blobs().release(copies);
        return null;
      }
      copies.add(copy);
    }
    return copies;
  }

  private @Nullable Segment copy(Bucket bucket, Bytes owner, Segment blob) {
    BlobWriter writer = bucket.blobs(store.blobs()).create(owner, blob.getSize());
    try {
      store
          .blobs()
          .read(
              List.of(blob),
              0,
              blob.getSize(),
              piece -> {
                writer.write(piece);
                throttle.spend(piece.length());
              });
      Segment copy = writer.finish();
      counters.blobBytes.add(blob.getSize());
      return copy;
    } catch (BlobUnavailableException unavailable) {
      return null;
    } finally {
      writer.abort();
    }
  }
}
