package rondo.gateway.lifecycle;

import java.util.function.Predicate;
import rondo.gateway.store.Bucket;
import rondo.gateway.store.EndedUploads;
import rondo.gateway.store.Rows;
import rondo.gateway.store.Store;
import rondo.metadata.listing.PageCursor;
import rondo.gateway.store.StoreException;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.table.Tables;
import rondo.ring.message.Range;
import rondo.ring.message.Reply;
import rondo.ring.register.Bytes;

/**
 * Goes through the uploads of all buckets that are this node's, with rules or without, and clears
 * away those that ended long ago. Used by one thread.
 */
record Sweep(Store store, Predicate<Bytes> mine, Counters counters, Pace pace, long nowMicros) {
  private static final int BUCKETS = 100;
  private static final int UPLOADS = 200;

  /**
   * @throws S3Exception when the buckets can't be listed now
   */
  void run() {
    var all =
        new Range(
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
    BucketRow row = Rows.decode(BucketRow.parser(), value);
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
      if (!pace.rest()) {
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
