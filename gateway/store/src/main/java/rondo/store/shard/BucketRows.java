package rondo.store.shard;

import java.util.function.BiPredicate;
import rondo.metadata.listing.PageCursor;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.table.Tables;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.value.Bytes;
import rondo.store.row.RowStore;

/** Walks over the rows of all buckets, page by page. */
final class BucketRows {
  private static final int PAGE = 1000;

  private BucketRows() {}

  /**
   * @param each takes a bucket's name and row; returns false to end the walk
   */
  static void through(RowStore rows, BiPredicate<String, BucketRow> each) {
    var all =
        new ScanRange(
            Tables.BUCKETS, Tables.BUCKETS_PARTITION, Bytes.EMPTY, Bytes.EMPTY, null, PAGE);
    for (Reply.Entry entry : PageCursor.over(all, rows::scan)) {
      Bytes value = entry.value();
      if (value != null
          && !each.test(entry.sort().utf8(), RowStore.decode(BucketRow.parser(), value))) {
        return;
      }
    }
  }
}
