package rondo.store.listing;

import java.util.List;
import java.util.function.BiPredicate;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.PartRow;
import rondo.metadata.table.Tables;
import rondo.metadata.table.VersionRows;
import rondo.ring.message.Reply;
import rondo.ring.value.Bytes;
import rondo.store.row.Bucket;
import rondo.store.row.RowStore;

/** Walks a bucket's versions whose blobs have another number of copies than it is to have. */
public final class MisplacedBlobs {
  private static final int PAGE = 200;

  private MisplacedBlobs() {}

  /**
   * @param each is given a key and its version, as listings have it; false to end the walk
   * @return whether it came to the end
   */
  public static boolean through(
      BucketListing listing, Bucket bucket, BiPredicate<String, ObjectRow> each) {
    for (int table : List.of(Tables.OBJECTS, Tables.VERSIONS)) {
      for (Reply.Entry entry : listing.walk(bucket, table, Bytes.EMPTY, Bytes.EMPTY, PAGE)) {
        ObjectRow row = BucketUsage.counted(entry, table);
        if (row != null
            && !bucket.isHome(row.getSegmentsList())
            && !each.test(key(entry, table), row)) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether parts are left that have another number of copies, and may become objects. */
  public static boolean hasParts(BucketListing listing, Bucket bucket) {
    for (Reply.Entry entry : listing.walk(bucket, Tables.PARTS, Bytes.EMPTY, Bytes.EMPTY, PAGE)) {
      Bytes value = entry.value();
      if (value != null
          && !bucket.isHome(RowStore.decode(PartRow.parser(), value).getSegmentsList())) {
        return true;
      }
    }
    return false;
  }

  private static String key(Reply.Entry entry, int table) {
    return (table == Tables.VERSIONS ? VersionRows.key(entry.sort()) : entry.sort()).utf8();
  }
}
