package rondo.store.listing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.listing.PageCursor;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.ShardRange;
import rondo.metadata.shard.ShardRanges;
import rondo.metadata.table.Tables;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.value.Bytes;
import rondo.store.row.Bucket;
import rondo.store.row.RowStore;

/**
 * The contents of a bucket. Every version counts; delete markers and uploads in progress don't.
 *
 * @param bytes as clients see them, whatever the number of copies
 * @param away objects with blobs whose number of copies isn't the bucket's
 */
public record BucketUsage(long objects, long bytes, long away) {
  private static final int PAGE = 1000;

  /** Counts by walking over all of the bucket's rows. */
  public static BucketUsage of(BucketListing listing, Bucket bucket) {
    BucketUsage plain = count(listing, bucket, Tables.OBJECTS);
    BucketUsage versions = count(listing, bucket, Tables.VERSIONS);
    return new BucketUsage(
        plain.objects + versions.objects, plain.bytes + versions.bytes, plain.away + versions.away);
  }

  private static BucketUsage count(BucketListing listing, Bucket bucket, int table) {
    long objects = 0;
    long bytes = 0;
    long away = 0;
    for (Reply.Entry entry : listing.walk(bucket, table, Bytes.EMPTY, Bytes.EMPTY, PAGE)) {
      ObjectRow row = counted(entry, table);
      objects += row == null ? 0 : 1;
      bytes += row == null ? 0 : row.getSize();
      away += row == null || bucket.isHome(row.getSegmentsList()) ? 0 : 1;
    }
    return new BucketUsage(objects, bytes, away);
  }

  /** Counts one shard. The count leaves {@link #away} at 0. */
  public static BucketUsage of(RowStore rows, BucketRow row, ShardRange range) {
    long objects = 0;
    long bytes = 0;
    for (int table : List.of(Tables.OBJECTS, Tables.VERSIONS)) {
      var all =
          new ScanRange(table, RowStore.bytes(range.getId()), Bytes.EMPTY, Bytes.EMPTY, null, PAGE)
              .upTo(ShardRanges.end(row, range));
      for (Reply.Entry entry : PageCursor.over(all, rows::scan)) {
        ObjectRow object = counted(entry, table);
        objects += object == null ? 0 : 1;
        bytes += object == null ? 0 : object.getSize();
      }
    }
    return new BucketUsage(objects, bytes, 0);
  }

  /**
   * The object of an entry; null for an entry that doesn't count. A head whose version has a row of
   * its own is counted there.
   */
  static @Nullable ObjectRow counted(Reply.Entry entry, int table) {
    Bytes value = entry.value();
    ObjectRow row = value == null ? null : RowStore.decode(ObjectRow.parser(), value);
    boolean elsewhere = row != null && table == Tables.OBJECTS && !row.getVersion().isEmpty();
    return row == null || elsewhere || row.getDeleteMarker() ? null : row;
  }

  BucketUsage plus(long moreObjects, long moreBytes) {
    return new BucketUsage(objects + moreObjects, bytes + moreBytes, away);
  }
}
