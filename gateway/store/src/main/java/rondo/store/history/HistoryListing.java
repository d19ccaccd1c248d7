package rondo.store.history;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.table.RowKey;
import rondo.ring.message.Reply;
import rondo.ring.value.Bytes;
import rondo.ring.value.Stamp;
import rondo.store.Store;
import rondo.store.listing.VersionListing;
import rondo.store.object.VersionId;
import rondo.store.row.Bucket;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;

/**
 * Lists the objects that a bucket with an undelete window had at a time. It walks over all versions
 * of a key until the first that is old enough, so the cost of a page grows with the changes since.
 * For one listing and one thread.
 */
public final class HistoryListing {
  private static final int PAGE = 1000;

  /** As for a listing with millions of deleted rows before the first listed one. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(45);

  private final Store store;
  private final Bucket bucket;
  private final Bytes prefix;
  private final long asOfMicros;
  private Bytes start = Bytes.EMPTY;
  private @Nullable String key;
  private boolean decided;

  /**
   * @param prefix lists only keys that begin with it
   * @param asOfMicros microseconds since 1970
   * @throws StoreException NO_HISTORY
   */
  public HistoryListing(Store store, Bucket bucket, Bytes prefix, long asOfMicros) {
    HistoryReach.require(bucket, asOfMicros, store.rows().wallMicros());
    this.store = store;
    this.bucket = bucket;
    this.prefix = prefix;
    this.asOfMicros = asOfMicros;
  }

  /**
   * Lists at most {@code limit} (at least 1) entries at or behind {@code from}, as {@link
   * rondo.store.listing.BucketListing#page} does. Values leave out the bytes of small objects.
   *
   * @param delimiter keys that contain it behind the prefix are rolled up; null for none
   * @throws StoreException NOT_DONE when it takes too long
   */
  public Reply.Page page(Bytes from, @Nullable Bytes delimiter, int limit) {
    var entries = new ArrayList<Reply.Entry>();
    long end = store.rows().nanos() + PATIENCE_NANOS;
    VersionListing.Page page = versions().from(from);
    key = null;
    start = from;
    while (true) {
      Bytes skipped = add(entries, page, delimiter, limit + 1);
      if (entries.size() > limit) {
        return new Reply.Page(List.copyOf(entries.subList(0, limit)), true);
      }
      if (skipped == null && !page.more()) {
        return new Reply.Page(entries, false);
      }
      if (store.rows().nanos() >= end) {
        throw new StoreException(Reason.NOT_DONE);
      }
      page = skipped == null ? next(page) : versions().from(skipped);
    }
  }

  private VersionListing versions() {
    return new VersionListing(
        store.objects(), store.listing(), bucket, new VersionListing.Scope(prefix, null, PAGE));
  }

  private VersionListing.Page next(VersionListing.Page page) {
    VersionListing.Entry last = page.entries().getLast();
    return decided
        ? versions().behind(last.name())
        : versions().behind(last.name(), VersionId.of(Objects.requireNonNull(last.row())));
  }

  /** Adds entries of a page; returns where to go on when a group ends the page early. */
  private @Nullable Bytes add(
      List<Reply.Entry> entries, VersionListing.Page page, @Nullable Bytes delimiter, int most) {
    for (VersionListing.Entry version : page.entries()) {
      ObjectRow row = Objects.requireNonNull(version.row(), "a group in a listing without any");
      if (!version.name().equals(key)) {
        key = version.name();
        // A position behind a key is one in front of the key's versions.
        decided = Bytes.utf8(version.name()).compareTo(start) < 0;
      }
      if (decided || !HistoryReach.isWrittenBy(row, asOfMicros)) {
        continue;
      }
      decided = true;
      if (row.getDeleteMarker()) {
        continue;
      }
      Bytes sort = Bytes.utf8(version.name());
      Bytes group = delimiter == null ? null : group(sort, delimiter);
      entries.add(new Reply.Entry(group, sort, Stamp.ZERO, group == null ? value(row) : null));
      Bytes behind = group == null ? null : RowKey.after(group);
      if (behind != null || entries.size() == most) {
        return behind;
      }
    }
    return null;
  }

  private static Bytes value(ObjectRow row) {
    return RowStore.encode(row);
  }

  /** The key up to the first delimiter behind the prefix; null when it has none. */
  private @Nullable Bytes group(Bytes sort, Bytes delimiter) {
    for (int i = prefix.length(); i + delimiter.length() <= sort.length(); i++) {
      if (sort.slice(i, i + delimiter.length()).equals(delimiter)) {
        return sort.slice(0, i + delimiter.length());
      }
    }
    return null;
  }
}
