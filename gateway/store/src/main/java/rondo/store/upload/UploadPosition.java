package rondo.store.upload;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.listing.PageCursor;
import rondo.metadata.rows.UploadRow;
import rondo.metadata.table.Keys;
import rondo.metadata.table.RowKey;
import rondo.ring.message.Reply;
import rondo.ring.value.Bytes;
import rondo.store.row.RowStore;

/** The order of uploads in a listing: by key, then by id. Pure. */
final class UploadPosition {
  private UploadPosition() {}

  /**
   * The first position behind an upload, behind all uploads of a key, or behind a common prefix.
   */
  static Bytes behind(String prefix, @Nullable String delimiter, String key, String id) {
    if (key.isEmpty()) {
      return Bytes.EMPTY;
    }
    if (!id.isEmpty()) {
      return PageCursor.behind(sort(key, id));
    }
    String group = group(key, prefix, delimiter);
    Bytes after = RowKey.after(group == null ? sort(key, "") : Bytes.utf8(group));
    return after == null ? PageCursor.behind(Bytes.utf8(key)) : after;
  }

  private static Bytes sort(String key, String id) {
    return Keys.upload(Bytes.EMPTY, Bytes.utf8(key), Bytes.utf8(id)).sort();
  }

  private static @Nullable String group(String key, String prefix, @Nullable String delimiter) {
    int at =
        delimiter == null || !key.startsWith(prefix) ? -1 : key.indexOf(delimiter, prefix.length());
    return at < 0 || delimiter == null ? null : key.substring(0, at + delimiter.length());
  }

  /** The listing's entry for the row; null for an upload that isn't listed. */
  static UploadTable.@Nullable Entry entry(
      Reply.Entry row, String prefix, @Nullable String delimiter) {
    Bytes value = row.value();
    if (value == null) {
      return null;
    }
    UploadRow upload = RowStore.decode(UploadRow.parser(), value);
    if (upload.getPhase() != UploadRow.Phase.OPEN && upload.getPhase() != UploadRow.Phase.CLOSING) {
      return null;
    }
    UploadName name = nameOf(row.sort());
    String group = group(name.key, prefix, delimiter);
    return group == null
        ? new UploadTable.Entry(name.key, name.id, upload)
        : new UploadTable.Entry(group, "", null);
  }

  /** The parts of a sort key: the object's key and the upload's id. */
  record UploadName(String key, String id) {}

  static UploadName nameOf(Bytes sort) {
    int zero = sort.length() - 1;
    while (sort.at(zero) != 0) {
      zero--;
    }
    return new UploadName(sort.slice(0, zero).utf8(), sort.slice(zero + 1, sort.length()).utf8());
  }

  /** Whether the entry is the same common prefix as the last one. */
  static boolean continues(List<UploadTable.Entry> entries, UploadTable.Entry entry) {
    return entry.row() == null
        && !entries.isEmpty()
        && entries.getLast().row() == null
        && entries.getLast().name().equals(entry.name());
  }
}
