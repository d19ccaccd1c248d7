package rondo.s3.listing;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.ring.message.Reply;
import rondo.ring.value.Bytes;
import rondo.s3.request.S3Request;
import rondo.s3.xml.Owner;
import rondo.s3.xml.S3Document;
import rondo.s3.xml.Timestamps;
import rondo.store.row.RowStore;

/**
 * The {@code Contents} element of an object in a listing.
 *
 * @param etag with its quotes
 */
@S3Document
record ListedObject(
    String key,
    String lastModified,
    @JsonProperty("ETag") String etag,
    @Nullable String checksumAlgorithm,
    @Nullable String checksumType,
    long size,
    String storageClass,
    @Nullable RestoreStatus restoreStatus,
    @Nullable Owner owner) {

  static ListedObject of(S3Request request, String key, ObjectRow row, @Nullable Owner owner) {
    return new ListedObject(
        key,
        Timestamps.of(row.getModifiedMicros()),
        '"' + row.getEtag() + '"',
        row.hasChecksum() ? row.getChecksum().getAlgorithm() : null,
        row.hasChecksum() ? (row.getChecksum().getComposite() ? "COMPOSITE" : "FULL_OBJECT") : null,
        row.getSize(),
        storageClass(row),
        RestoreStatus.of(request, row),
        owner);
  }

  static String storageClass(ObjectRow row) {
    return row.getStorageClass().isEmpty() ? "STANDARD" : row.getStorageClass();
  }

  /** Applies {@code item} to each object of the page; common prefixes are left out. */
  static <T> List<T> all(
      Reply.Page page, ListingScope scope, BiFunction<String, ObjectRow, T> item) {
    var all = new ArrayList<T>(page.entries().size());
    for (Reply.Entry entry : page.entries()) {
      Bytes value = entry.value();
      if (entry.group() == null && value != null) {
        ObjectRow row = RowStore.decode(ObjectRow.parser(), value);
        all.add(item.apply(scope.encode(entry.sort().utf8()), row));
      }
    }
    return all;
  }
}
