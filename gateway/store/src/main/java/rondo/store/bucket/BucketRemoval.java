package rondo.store.bucket;

import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import rondo.metadata.listing.PageCursor;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.GoneBucket;
import rondo.metadata.rows.PartRow;
import rondo.metadata.rows.ShardRest;
import rondo.metadata.shard.ShardFence;
import rondo.metadata.shard.ShardRanges;
import rondo.metadata.table.Keys;
import rondo.metadata.table.Tables;
import rondo.metadata.table.VersionRows;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.Decision;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.value.Bytes;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;
import rondo.store.row.Bucket;
import rondo.store.row.RowStore;
import rondo.store.row.ShardClosedException;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;

/**
 * Deletes a bucket without losing an acknowledged write. The bucket's row goes to DELETING. Then a
 * write quorum of each shard is closed, which no write passes. The rows that a quorum of closed
 * replicas lists then decide whether the bucket ends removed or live.
 *
 * <p>Every attempt rewrites the row and the fences, and completes only its own state. Of two
 * attempts that run at once, or of one that continues after another has died, the later one
 * decides.
 */
final class BucketRemoval {
  private final RowStore rows;
  private final BlobReleases releases;

  BucketRemoval(RowStore rows, BlobReleases releases) {
    this.rows = rows;
    this.releases = releases;
  }

  /**
   * @throws StoreException NO_SUCH_BUCKET, BUCKET_NOT_EMPTY, BUCKET_CHANGED; UNSUPPORTED for an
   *     available bucket, which nodes that are cut off may be writing to
   */
  void remove(String name) {
    ConditionalResult begun =
        rows.update(
            Keys.bucket(name),
            before ->
                before.value() == null || AvailableBuckets.isAvailable(before)
                    ? new Decision.Decline()
                    : new Decision.Put(phase(before.value(), BucketRow.Phase.DELETING)));
    if (!(begun
        instanceof ConditionalResult.Written(VersionedValue before, Stamp mine, boolean _))) {
      throw begun.before().isPresent()
          ? new StoreException(Reason.UNSUPPORTED, "The deletion of an available bucket")
          : BucketTable.noSuchBucket(name);
    }
    if (before.value() == null) {
      throw new IllegalStateException("a bucket's deletion began without its row: " + name);
    }
    BucketRow row = RowStore.decode(BucketRow.parser(), before.value());
    Bucket bucket = new Bucket(name, row, mine);
    Bytes attempt = RowStore.bytes(VersionRows.position(mine));
    bucket.shards().forEach(shard -> fence(shard, fence -> fence.closedBy(attempt)));
    if (isEmpty(bucket, attempt)) {
      GoneBucket gone = left(bucket, attempt);
      rows.write(Keys.gone(RowStore.bytes(row.getId())), RowStore.encode(gone));
      end(bucket, null);
      if (!gone.hasRow()) {
        bucket.shards().forEach(shard -> releaseParts(shard, attempt));
      }
      return;
    }
    bucket.shards().forEach(shard -> fence(shard, fence -> open(fence, attempt)));
    end(bucket, phase(before.value(), BucketRow.Phase.LIVE));
    throw new StoreException(Reason.BUCKET_NOT_EMPTY);
  }

  /** Completes a deletion that another gateway began, one way or the other. */
  void finish(Bucket deleting) {
    try {
      remove(deleting.name());
    } catch (StoreException ended) {
      if (ended.reason() != Reason.BUCKET_NOT_EMPTY && ended.reason() != Reason.BUCKET_CHANGED) {
        throw ended;
      }
    }
  }

  /**
   * The rows to clean up once the bucket is removed: tombstones, uploads, remains of shard moves.
   * With an undelete window also what it takes to bring the bucket back.
   */
  private GoneBucket left(Bucket bucket, Bytes attempt) {
    BucketRow row = bucket.row();
    var gone = GoneBucket.newBuilder().setName(bucket.name()).setId(row.getId());
    row.getShardsList().forEach(it -> gone.addRests(ShardRest.newBuilder().setShard(it.getId())));
    ShardRanges.givenUp(row).getRestsList().forEach(gone::addRests);
    int days = row.getUndeleteWindow().getDays();
    if (days > 0) {
      gone.setRow(ShardRanges.givenUp(row).toBuilder().setPhase(BucketRow.Phase.LIVE))
          .setAttempt(RowStore.text(attempt))
          .setKeptUntilMicros(rows.wallMicros() + TimeUnit.DAYS.toMicros(days));
    }
    return gone.build();
  }

  private void end(Bucket bucket, @Nullable Bytes value) {
    ConditionalResult ended =
        rows.update(
            Keys.bucket(bucket.name()),
            before ->
                before.stamp().equals(bucket.stamp())
                    ? new Decision.Put(value)
                    : new Decision.Decline());
    if (ended instanceof ConditionalResult.Declined) {
      throw new StoreException(Reason.BUCKET_CHANGED);
    }
  }

  private void fence(Bytes shard, UnaryOperator<ShardFence> change) {
    rows.update(
        Keys.fence(shard),
        before -> {
          ShardFence now = ShardFence.of(before.value());
          ShardFence next = change.apply(now);
          return next.equals(now) ? new Decision.Decline() : new Decision.Put(next.value());
        });
  }

  private static ShardFence open(ShardFence fence, Bytes attempt) {
    return fence.isClosedBy(attempt) ? fence.reopened() : fence;
  }

  private boolean isEmpty(Bucket bucket, Bytes attempt) {
    try {
      return bucket.shards().stream()
          .allMatch(shard ->
              isEmpty(Tables.OBJECTS, shard, attempt)
                  && (bucket.keepsHistory() || isEmpty(Tables.VERSIONS, shard, attempt)));
    } catch (ShardClosedException unsettled) {
      // A write was cut off half-way: the next reader settles whether it happened.
      return false;
    }
  }

  private boolean isEmpty(int table, Bytes shard, Bytes attempt) {
    return rows.scan(closed(table, shard, attempt, 1)).entries().isEmpty();
  }

  /** Releases the parts of uploads: no row that names them can be written any more. */
  private void releaseParts(Bytes shard, Bytes attempt) {
    ScanRange parts = closed(Tables.PARTS, shard, attempt, 1000);
    for (Reply.Entry entry : PageCursor.over(parts, rows::scan)) {
      if (entry.value() != null) {
        releases.dropUnshared(RowStore.decode(PartRow.parser(), entry.value()).getSegmentsList());
      }
    }
  }

  /**
   * Counts closed replicas only. A replica that is still open may take a write, and acknowledge it
   * together with a replica that took it before it was closed.
   */
  private static ScanRange closed(int table, Bytes shard, Bytes attempt, int limit) {
    return new ScanRange(table, shard, Bytes.EMPTY, Bytes.EMPTY, null, limit).closedBy(attempt);
  }

  private static Bytes phase(Bytes value, BucketRow.Phase phase) {
    BucketRow row = RowStore.decode(BucketRow.parser(), value);
    // Keys on the move stay where they are: the cleanup removes what was copied.
    return RowStore.encode(ShardRanges.givenUp(row).toBuilder().setPhase(phase).build());
  }
}
