package rondo.gateway.lifecycle;

import java.util.function.Predicate;
import rondo.gateway.store.Bucket;
import rondo.gateway.store.EndedUploads;
import rondo.gateway.store.Listing;
import rondo.gateway.store.Rows;
import rondo.gateway.store.Store;
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
    Bytes from = Bytes.EMPTY;
    while (true) {
      Reply.Page page =
          store
              .rows()
              .scan(
                  new Range(
                      Tables.BUCKETS, Tables.BUCKETS_PARTITION, Bytes.EMPTY, from, null, BUCKETS));
      for (Reply.Entry entry : page.entries()) {
        if (!bucket(entry)) {
          return;
        }
      }
      if (!page.more() || page.entries().isEmpty()) {
        return;
      }
      from = Listing.behind(page.entries().getLast().sort());
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
    Bytes from = Bytes.EMPTY;
    Listing.Page page;
    do {
      page = store.listing().page(bucket, Tables.UPLOADS, Bytes.EMPTY, from, null, UPLOADS);
      for (Reply.Entry entry : page.entries()) {
        clear(ended, bucket, entry);
        from = Listing.behind(entry);
      }
    } while (pace.rest() && page.more());
    return pace.rest();
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
