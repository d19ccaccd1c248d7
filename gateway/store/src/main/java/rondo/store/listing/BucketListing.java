package rondo.store.listing;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rondo.metadata.listing.PageCursor;
import rondo.ring.coordinate.ConsistencyLevel;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.value.Bytes;
import rondo.store.bucket.BucketTable;
import rondo.store.row.Bucket;
import rondo.store.row.RowStore;

/** Walks the rows of a bucket in the order of their keys, shard after shard. Thread-safe. */
public final class BucketListing {
  private final BucketTable buckets;
  private final RowStore rows;
  private final ConsistencyLevel level;

  public BucketListing(BucketTable buckets, RowStore rows) {
    this(buckets, rows, ConsistencyLevel.LINEARIZABLE);
  }

  private BucketListing(BucketTable buckets, RowStore rows, ConsistencyLevel level) {
    this.buckets = buckets;
    this.rows = rows;
    this.level = level;
  }

  /** A listing of the same rows, read at another level. */
  public BucketListing at(ConsistencyLevel other) {
    return new BucketListing(buckets, rows, other);
  }

  /**
   * Walks over all entries at or behind {@code from}, without a delimiter.
   *
   * @param pageSize the number of entries read at a time
   */
  public PageCursor walk(Bucket bucket, int table, Bytes prefix, Bytes from, int pageSize) {
    return PageCursor.from(from, start -> page(bucket, table, prefix, start, null, pageSize));
  }

  /**
   * Lists at most {@code limit} (at least 1) entries at or behind {@code from}.
   *
   * @param table one whose partition keys are shards and whose sort keys begin with objects' keys
   * @param delimiter keys that contain it behind the prefix are rolled up; null for none
   */
  public Reply.Page page(
      Bucket bucket, int table, Bytes prefix, Bytes from, @Nullable Bytes delimiter, int limit) {
    Reply.Page page = read(bucket, table, prefix, from, delimiter, limit);
    if (!page.entries().isEmpty()) {
      return page;
    }
    Bucket now = buckets.successor(bucket);
    return now.sameAs(bucket) ? page : read(now, table, prefix, from, delimiter, limit);
  }

  private Reply.Page read(
      Bucket bucket, int table, Bytes prefix, Bytes from, @Nullable Bytes delimiter, int limit) {
    return buckets.in(
        bucket,
        now -> {
          var entries = new ArrayList<Reply.Entry>();
          for (var span : now.spans(prefix, from)) {
            var range = new ScanRange(table, span.shard(), prefix, from, delimiter, limit + 1);
            if (!add(rows.in(now), entries, range.upTo(span.to()))) {
              break;
            }
          }
          boolean more = entries.size() > limit;
          return new Reply.Page(more ? List.copyOf(entries.subList(0, limit)) : entries, more);
        });
  }

  /** Adds the entries of the range; returns whether there is room for more. */
  private boolean add(RowStore in, List<Reply.Entry> entries, ScanRange range) {
    PageCursor rest =
        PageCursor.from(
            range.from(), from -> in.scan(range.at(from, range.limit() - entries.size()), level));
    for (Reply.Entry entry : rest) {
      if (!continuesGroup(entries, entry)) {
        entries.add(entry);
      }
      if (entries.size() == range.limit()) {
        return false;
      }
    }
    return true;
  }

  /** A group may reach from one shard into the next. */
  private static boolean continuesGroup(List<Reply.Entry> entries, Reply.Entry entry) {
    Bytes group = entry.group();
    return group != null && !entries.isEmpty() && Objects.equals(group, entries.getLast().group());
  }
}
