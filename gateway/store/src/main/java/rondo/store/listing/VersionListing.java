package rondo.store.listing;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.listing.PageCursor;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.table.Tables;
import rondo.metadata.table.VersionRows;
import rondo.ring.message.Reply;
import rondo.ring.value.Bytes;
import rondo.ring.value.Stamp;
import rondo.store.object.ObjectSlot;
import rondo.store.object.ObjectTable;
import rondo.store.object.StoredObject;
import rondo.store.object.VersionId;
import rondo.store.row.Bucket;
import rondo.store.row.RowStore;

/**
 * Lists versions: those that have rows of their own, and among them the objects that were written
 * before their bucket kept any. A key's null version is ordered among the others by its time. For
 * one listing and one thread.
 */
public final class VersionListing {
  /** A version, or a common prefix. */
  public record Entry(String name, @Nullable ObjectRow row, boolean latest) {}

  /** A page, and whether anything follows it. */
  public record Page(List<Entry> entries, boolean more) {}

  /**
   * The extent of a listing.
   *
   * @param prefix lists only keys that begin with it
   * @param delimiter keys that contain it behind the prefix are rolled up; null for none
   * @param limit the most entries of a page
   */
  public record Scope(Bytes prefix, @Nullable Bytes delimiter, int limit) {}

  private final ObjectTable objects;
  private final BucketListing listing;
  private final Bucket bucket;
  private final Scope scope;
  private final List<Entry> entries = new ArrayList<>();

  public VersionListing(ObjectTable objects, BucketListing listing, Bucket bucket, Scope scope) {
    this.objects = objects;
    this.listing = listing;
    this.bucket = bucket;
    this.scope = scope;
  }

  /** The page that begins with the first key at or behind {@code from}. */
  public Page from(Bytes from) {
    merge(new Walk(Tables.VERSIONS, from), new Walk(Tables.OBJECTS, from));
    return page();
  }

  /** The page that begins behind all versions of a key. */
  public Page behind(String key) {
    Bytes bytes = Bytes.utf8(key);
    merge(
        new Walk(Tables.VERSIONS, Bytes.concat(bytes, Bytes.wrap(new byte[] {1}))),
        new Walk(Tables.OBJECTS, PageCursor.behind(bytes)));
    return page();
  }

  /**
   * The page that begins behind a version of a key; behind the whole key when it has no such
   * version.
   */
  public Page behind(String key, VersionId id) {
    ObjectSlot slot = ObjectSlot.of(bucket, key);
    StoredObject none = objects.find(bucket, key, VersionId.NULL);
    Stamp place = id.position();
    if (place == null && none != null) {
      place = position(none.row(), none.stamp());
    }
    if (place == null) {
      return behind(key);
    }
    Bytes sort = VersionRows.numbered(slot.shard(), slot.key(), place).sort();
    var versions = new Walk(Tables.VERSIONS, PageCursor.behind(sort));
    boolean below = none != null && position(none.row(), none.stamp()).compareTo(place) < 0;
    int first = entries.size();
    addVersions(versions, slot.key(), below ? none : null, false);
    tellLatest(key, first);
    merge(versions, new Walk(Tables.OBJECTS, PageCursor.behind(slot.key())));
    return page();
  }

  private Page page() {
    boolean more = entries.size() > scope.limit();
    return new Page(more ? List.copyOf(entries.subList(0, scope.limit())) : entries, more);
  }

  private boolean isFull() {
    return entries.size() > scope.limit();
  }

  private void merge(Walk versions, Walk objects) {
    while (!isFull()) {
      Reply.Entry version = versions.peek();
      Reply.Entry object = objects.peek();
      if (version == null && object == null) {
        return;
      }
      Bytes one = version == null ? null : versions.place(version);
      Bytes other = object == null ? null : objects.place(object);
      boolean first = one != null && (other == null || one.compareTo(other) <= 0);
      boolean second = other != null && (one == null || other.compareTo(one) <= 0);
      Reply.Entry next = first ? version : object;
      Bytes group = next == null ? null : next.group();
      if (group != null) {
        add(new Entry(group.utf8(), null, false));
        if (first) {
          versions.take();
        }
        if (second) {
          objects.take();
        }
      } else {
        Bytes key = first && one != null ? one : other;
        StoredObject none = second && object != null ? stored(object) : null;
        if (second) {
          objects.take();
        }
        if (key != null) {
          addVersions(versions, key, none, true);
        }
      }
    }
  }

  /**
   * Adds the versions of a key, newest first.
   *
   * @param none the null version, if it is known already
   * @param all whether the walk has the key's newest version, which is the current one
   */
  private void addVersions(Walk versions, Bytes key, @Nullable StoredObject none, boolean all) {
    StoredObject left = none;
    boolean latest = all;
    for (Reply.Entry entry = versions.peek();
        entry != null && !isFull() && entry.group() == null && versions.place(entry).equals(key);
        entry = versions.peek()) {
      versions.take();
      StoredObject version = stored(entry);
      if (VersionRows.isNull(entry.sort())) {
        left = left == null ? version : left;
        continue;
      }
      if (left != null && isNewer(left, version)) {
        add(new Entry(key.utf8(), left.row(), latest));
        latest = false;
        left = null;
      }
      add(new Entry(key.utf8(), version.row(), latest));
      latest = false;
    }
    if (left != null) {
      add(new Entry(key.utf8(), left.row(), latest));
    }
  }

  /**
   * Tells which of a key's entries is the current version: what stood in front of a page may have
   * been deleted since.
   *
   * @param first of the key's entries, which the page begins with
   */
  private void tellLatest(String key, int first) {
    if (first == entries.size()) {
      return;
    }
    StoredObject current = objects.find(bucket, key, null);
    ObjectRow row = entries.get(first).row();
    if (current != null && row != null && VersionId.of(row).equals(VersionId.of(current.row()))) {
      entries.set(first, new Entry(key, row, true));
    }
  }

  private void add(Entry entry) {
    entries.add(entry);
  }

  private static boolean isNewer(StoredObject one, StoredObject other) {
    return position(one.row(), one.stamp()).compareTo(position(other.row(), other.stamp())) > 0;
  }

  /** The place of a version in the order; an object without versions has its row's stamp. */
  private static Stamp position(ObjectRow row, Stamp stamp) {
    return row.getVersion().isEmpty() ? stamp : VersionRows.stamp(row.getVersion());
  }

  private static StoredObject stored(Reply.Entry entry) {
    Bytes value = entry.value();
    if (value == null) {
      throw new IllegalStateException("a listed row without its value: " + entry.sort());
    }
    return new StoredObject(RowStore.decode(ObjectRow.parser(), value), entry.stamp());
  }

  /** Walks over one table, page by page. Of the objects it gives those that have no versions. */
  private final class Walk {
    private final int table;
    private final Iterator<Reply.Entry> rest;
    private Reply.@Nullable Entry next;

    Walk(int table, Bytes from) {
      this.table = table;
      this.rest =
          table == Tables.VERSIONS && !bucket.keepsVersions()
              ? Collections.emptyIterator()
              : PageCursor.from(from, this::page).iterator();
    }

    private Reply.Page page(Bytes from) {
      return listing.page(
          bucket, table, scope.prefix(), from, scope.delimiter(), scope.limit() + 1);
    }

    Reply.@Nullable Entry peek() {
      while (next == null && rest.hasNext()) {
        Reply.Entry read = rest.next();
        next = isWanted(read) ? read : null;
      }
      return next;
    }

    private boolean isWanted(Reply.Entry entry) {
      return table == Tables.VERSIONS
          || entry.group() != null
          || stored(entry).row().getVersion().isEmpty();
    }

    void take() {
      next = null;
    }

    /** The object's key, or the common prefix. */
    Bytes place(Reply.Entry entry) {
      Bytes group = entry.group();
      if (group != null) {
        return group;
      }
      return table == Tables.VERSIONS ? VersionRows.key(entry.sort()) : entry.sort();
    }
  }
}
