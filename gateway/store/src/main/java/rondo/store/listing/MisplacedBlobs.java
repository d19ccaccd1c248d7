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

/** Finds a bucket's versions whose blobs have another number of copies than the bucket's. */
public final class MisplacedBlobs {
  private static final int PAGE = 200;

  private MisplacedBlobs() {}

  /**
   * Gives each such version to {@code each}.
   *
   * @param each takes a key and its version, as listings have it; returns false to end the walk
   * @return whether the walk came to the end
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

  /** Whether parts of open uploads, which may become objects, have another number of copies. */
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
