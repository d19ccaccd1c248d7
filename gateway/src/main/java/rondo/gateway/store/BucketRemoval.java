package rondo.gateway.store;

import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import rondo.gateway.s3.S3Error;
import rondo.gateway.s3.S3Exception;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.PartRow;
import rondo.metadata.table.Keys;
import rondo.metadata.table.Tables;
import rondo.ring.coordinate.Judgement;
import rondo.ring.coordinate.Update;
import rondo.ring.message.Range;
import rondo.ring.message.Reply;
import rondo.ring.register.Bytes;
import rondo.ring.register.Versioned;
import rondo.ring.version.Stamp;

/**
 * Deletes a bucket without losing a write that was acknowledged: its row goes to DELETING, a write
 * quorum of its shards is closed, which no write passes, and what a quorum then lists decides
 * whether it ends removed or live.
 *
 * <p>Every attempt rewrites the row and the fences, and ends only what still has its own stamps: of
 * two that run at once, or of one that goes on where another has died, the later one decides.
 */
final class BucketRemoval {
  private final Rows rows;
  private final Releases releases;

  BucketRemoval(Rows rows, Releases releases) {
    this.rows = rows;
    this.releases = releases;
  }

  /**
   * @throws S3Exception NoSuchBucket, BucketNotEmpty, OperationAborted
   */
  void remove(String name) {
    Update begun =
        rows.update(
            Keys.bucket(name),
            before ->
                before.value() == null
                    ? new Judgement.Decline()
                    : new Judgement.Put(phase(before.value(), BucketRow.Phase.DELETING)));
    if (!(begun instanceof Update.Written(Versioned before, Stamp mine, boolean _))) {
      throw BucketTable.noSuchBucket(name);
    }
    if (before.value() == null) {
      throw new IllegalStateException("a bucket's deletion began without its row: " + name);
    }
    BucketRow row = Rows.decode(BucketRow.parser(), before.value());
    Bucket bucket = new Bucket(name, row, mine);
    var fences = new LinkedHashMap<Bytes, Stamp>();
    for (Bytes shard : bucket.shards()) {
      fences.put(shard, rows.write(Keys.fence(shard), Tables.CLOSED).stamp());
    }
    if (isEmpty(bucket)) {
      end(bucket, null);
      bucket.shards().forEach(this::releaseParts);
      return;
    }
    fences.forEach(this::open);
    end(bucket, phase(before.value(), BucketRow.Phase.LIVE));
    throw new S3Exception(S3Error.BUCKET_NOT_EMPTY);
  }

  /** Ends a deletion that somebody else began, one way or the other. */
  void finish(Bucket deleting) {
    try {
      remove(deleting.name());
    } catch (S3Exception ended) {
      if (ended.error() != S3Error.BUCKET_NOT_EMPTY && ended.error() != S3Error.OPERATION_ABORTED) {
        throw ended;
      }
    }
  }

  private void end(Bucket bucket, @Nullable Bytes value) {
    Update ended =
        rows.update(
            Keys.bucket(bucket.name()),
            before ->
                before.stamp().equals(bucket.stamp())
                    ? new Judgement.Put(value)
                    : new Judgement.Decline());
    if (ended instanceof Update.Declined) {
      throw new S3Exception(S3Error.OPERATION_ABORTED);
    }
  }

  private void open(Bytes shard, Stamp mine) {
    rows.update(
        Keys.fence(shard),
        before -> before.stamp().equals(mine) ? new Judgement.Put(null) : new Judgement.Decline());
  }

  private boolean isEmpty(Bucket bucket) {
    try {
      return bucket.shards().stream()
          .allMatch(shard -> isEmpty(Tables.OBJECTS, shard) && isEmpty(Tables.VERSIONS, shard));
    } catch (ClosedException unsettled) {
      // A write was cut off half-way: whether it happened is for the next reader to settle.
      return false;
    }
  }

  private boolean isEmpty(int table, Bytes shard) {
    return page(table, shard, Bytes.EMPTY, 1).entries().isEmpty();
  }

  /** What uploads have left behind: no row that names it can be written any more. */
  private void releaseParts(Bytes shard) {
    Bytes from = Bytes.EMPTY;
    while (true) {
      Reply.Page page = page(Tables.PARTS, shard, from, 1000);
      for (Reply.Entry entry : page.entries()) {
        if (entry.value() != null) {
          releases.dropUnshared(Rows.decode(PartRow.parser(), entry.value()).getSegmentsList());
        }
      }
      if (!page.more() || page.entries().isEmpty()) {
        return;
      }
      from = Listing.behind(page.entries().getLast().sort());
    }
  }

  private Reply.Page page(int table, Bytes shard, Bytes from, int limit) {
    return rows.scan(new Range(table, shard, Bytes.EMPTY, from, null, limit));
  }

  private static Bytes phase(Bytes value, BucketRow.Phase phase) {
    BucketRow row = Rows.decode(BucketRow.parser(), value);
    return Rows.encode(row.toBuilder().setPhase(phase).build());
  }
}
