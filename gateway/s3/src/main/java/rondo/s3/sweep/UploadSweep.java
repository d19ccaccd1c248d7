package rondo.s3.sweep;

import java.util.function.Predicate;
import rondo.metadata.listing.PageCursor;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.table.Tables;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.value.Bytes;
import rondo.store.Store;
import rondo.store.row.Bucket;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;
import rondo.store.upload.EndedUploads;

/**
 * Goes through the uploads of all buckets assigned to this node, with rules or without, and clears
 * away uploads that ended long ago. Used by one thread.
 *
 * @param mine whether a bucket with this first shard is assigned to this node
 */
record UploadSweep(
    Store store,
    Predicate<Bytes> mine,
    LifecycleCounters counters,
    SweepThrottle throttle,
    long nowMicros) {
  private static final int BUCKETS = 100;
  private static final int UPLOADS = 200;

  /**
   * Sweeps all buckets; blocks.
   *
   * @throws S3Exception when the buckets can't be listed now
   */
  void run() {
    var all =
        new ScanRange(
            Tables.BUCKETS, Tables.BUCKETS_PARTITION, Bytes.EMPTY, Bytes.EMPTY, null, BUCKETS);
    for (Reply.Entry entry : PageCursor.over(all, store.rows()::scan)) {
      if (!bucket(entry)) {
        return;
      }
    }
  }

  private boolean bucket(Reply.Entry entry) {
    Bytes value = entry.value();
    if (value == null) {
      return true;
    }
    BucketRow row = RowStore.decode(BucketRow.parser(), value);
    var bucket = new Bucket(entry.sort().utf8(), row, entry.stamp());
    if (bucket.isDeleting() || !mine.test(bucket.shards().getFirst())) {
      return true;
    }
    try {
      return uploads(bucket);
    } catch (StoreException gone) {
      counters.failed.increment();
      return true;
    }
  }

  private boolean uploads(Bucket bucket) {
    var ended = new EndedUploads(store.uploads(), store.objects());
    PageCursor uploads =
        store.listing().walk(bucket, Tables.UPLOADS, Bytes.EMPTY, Bytes.EMPTY, UPLOADS);
    for (Reply.Page page : uploads.pages()) {
      page.entries().forEach(entry -> clear(ended, bucket, entry));
      if (!throttle.rest()) {
        return false;
      }
    }
    return true;
  }

  private void clear(EndedUploads ended, Bucket bucket, Reply.Entry entry) {
    try {
      if (ended.clear(bucket, entry, nowMicros)) {
        counters.purged.increment();
      }
    } catch (StoreException later) {
      counters.failed.increment();
    }
  }
}
