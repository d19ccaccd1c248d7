package rondo.gateway.shard;

import java.util.function.BiPredicate;
import rondo.gateway.store.Listing;
import rondo.gateway.store.Rows;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.table.Tables;
import rondo.ring.message.Range;
import rondo.ring.message.Reply;
import rondo.ring.register.Bytes;

/** The rows of all buckets, page by page. */
final class BucketRows {
  private static final int PAGE = 1000;

  private BucketRows() {}

  /**
   * @param each is given a bucket's name and row; false to end the walk
   */
  static void through(Rows rows, BiPredicate<String, BucketRow> each) {
    Bytes from = Bytes.EMPTY;
    Reply.Page page;
    do {
      page =
          rows.scan(
              new Range(Tables.BUCKETS, Tables.BUCKETS_PARTITION, Bytes.EMPTY, from, null, PAGE));
      for (Reply.Entry entry : page.entries()) {
        Bytes value = entry.value();
        if (value != null
            && !each.test(entry.sort().utf8(), Rows.decode(BucketRow.parser(), value))) {
          return;
        }
        from = Listing.behind(entry);
      }
    } while (page.more() && !page.entries().isEmpty());
  }
}
