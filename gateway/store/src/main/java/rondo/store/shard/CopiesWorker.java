package rondo.store.shard;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
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
 * Copies blobs whose number of copies isn't their bucket's into new blobs, and names the new ones
 * in their rows. It walks over a bucket again and again until no write that began before the change
 * can still come. It copies one blob at a time, within the rate for moved data. Started once.
 */
public final class CopiesWorker {
  private static final Logger LOG = LoggerFactory.getLogger(CopiesWorker.class);
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** The rest after a walk over a bucket that found nothing. */
  private static final long QUIET_NANOS = TimeUnit.MINUTES.toNanos(10);

  /**
   * Longer than an upload of one object or part takes. Parts of multipart uploads, which may stay
   * for longer, are looked for.
   */
  private static final long GRACE_MICROS = TimeUnit.HOURS.toMicros(24);

  private final Store store;
  private final BucketAssignment assignment;
  private final ShardCounters counters;
  private final Tasks tasks;
  private final Time time;
  private final Throttle throttle;
  private final Map<ByteString, QuietBucket> quiet = new HashMap<>();
  private volatile boolean stopped;

  /**
   * A bucket in which the last walk found nothing.
   *
   * @param changedMicros the change of its number of copies; a later change ends the rest at once
   */
  private record QuietBucket(long changedMicros, long untilNanos) {}

  /**
   * @param assignment by a bucket's first shard
   * @param bytesPerSecond asked again and again; 0 for no limit
   */
  public CopiesWorker(
      Store store,
      BucketAssignment assignment,
      ShardCounters counters,
      Tasks tasks,
      Time time,
      LongSupplier bytesPerSecond) {
    this.store = store;
    this.assignment = assignment;
    this.counters = counters;
    this.tasks = tasks;
    this.time = time;
    this.throttle = new Throttle(tasks, time, bytesPerSecond);
  }

  /**
   * Starts to work in the background.
   *
   * @param ready whether the node is a member of a cluster; the work waits until it is
   * @return stops the work
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
          walk();
        } catch (StoreException unavailable) {
          LOG.debug("no walk over the buckets' copies: {}", unavailable.message());
        }
      }
    }
  }

  /** Walks over all buckets once. */
  void walk() {
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
        && assignment.isMine(RowStore.bytes(row.getShards(0).getId()))
        && !isQuiet(row);
  }

  private boolean isQuiet(BucketRow row) {
    QuietBucket known = quiet.get(row.getId());
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

  /** Ends the work on a bucket without misplaced blobs, once no more of them can come. */
  private void end(Bucket bucket, BucketRow row, long beganMicros) {
    long changed = row.getCopiesChangedMicros();
    if (beganMicros - changed < GRACE_MICROS || MisplacedBlobs.hasParts(store.listing(), bucket)) {
      quiet.put(row.getId(), new QuietBucket(changed, time.nanos() + QUIET_NANOS));
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

  /** Returns false when the version has to be tried again. */
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
      // It isn't known whether the row names the copies. The orphan walk drops those without a
      // row.
      counters.blobsNotCopied.increment();
      return false;
    }
  }

  /** Copies the blobs into new ones; null when that failed. */
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
    try {
      return copied(bucket.blobs(store.blobs()).create(owner, blob.getSize()), blob);
    } catch (BlobUnavailableException unavailable) {
      return null;
    }
  }

  private Segment copied(BlobWriter writer, Segment blob) {
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
    } finally {
      writer.abort();
    }
  }
}
