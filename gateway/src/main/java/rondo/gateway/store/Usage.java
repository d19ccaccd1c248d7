package rondo.gateway.store;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.listing.PageCursor;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.ShardRange;
import rondo.metadata.shard.Ranges;
import rondo.metadata.table.Tables;
import rondo.ring.message.Range;
import rondo.ring.message.Reply;
import rondo.ring.register.Bytes;

/**
 * What a bucket holds: every version counts, delete markers and uploads in progress don't.
 *
 * @param bytes as clients see them, not how often they are stored
 * @param away objects of which blobs have another number of copies than the bucket is to have
 */
public record Usage(long objects, long bytes, long away) {
  private static final int PAGE = 1000;

  /** Counts by walking all of the bucket's rows. */
  public static Usage of(Listing listing, Bucket bucket) {
    Usage plain = count(listing, bucket, Tables.OBJECTS);
    Usage versions = count(listing, bucket, Tables.VERSIONS);
    return new Usage(
        plain.objects + versions.objects, plain.bytes + versions.bytes, plain.away + versions.away);
  }

  private static Usage count(Listing listing, Bucket bucket, int table) {
    long objects = 0;
    long bytes = 0;
    long away = 0;
    for (Reply.Entry entry : listing.walk(bucket, table, Bytes.EMPTY, Bytes.EMPTY, PAGE)) {
      ObjectRow row = counted(entry, table);
      objects += row == null ? 0 : 1;
      bytes += row == null ? 0 : row.getSize();
      away += row == null || bucket.isHome(row.getSegmentsList()) ? 0 : 1;
    }
    return new Usage(objects, bytes, away);
  }

  /** The same of one shard, whose blobs aren't looked at. */
  public static Usage of(Rows rows, BucketRow row, ShardRange range) {
    long objects = 0;
    long bytes = 0;
    for (int table : List.of(Tables.OBJECTS, Tables.VERSIONS)) {
      var all =
          new Range(table, Rows.bytes(range.getId()), Bytes.EMPTY, Bytes.EMPTY, null, PAGE)
              .upTo(Ranges.end(row, range));
      for (Reply.Entry entry : PageCursor.over(all, rows::scan)) {
        ObjectRow object = counted(entry, table);
        objects += object == null ? 0 : 1;
        bytes += object == null ? 0 : object.getSize();
      }
    }
    return new Usage(objects, bytes, 0);
  }

  /** A head whose version has a row of its own is counted there. */
  static @Nullable ObjectRow counted(Reply.Entry entry, int table) {
    Bytes value = entry.value();
    ObjectRow row = value == null ? null : Rows.decode(ObjectRow.parser(), value);
    boolean elsewhere = row != null && table == Tables.OBJECTS && !row.getVersion().isEmpty();
    return row == null || elsewhere || row.getDeleteMarker() ? null : row;
  }

  Usage plus(long moreObjects, long moreBytes) {
    return new Usage(objects + moreObjects, bytes + moreBytes, away);
  }
}
