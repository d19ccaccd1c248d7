package rondo.s3.multipart;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.UploadRow;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.acl.OwnerNames;
import rondo.s3.error.Difference;
import rondo.s3.error.S3Exception;
import rondo.s3.listing.ListingScope;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.xml.Owner;
import rondo.s3.xml.S3Document;
import rondo.s3.xml.Timestamps;
import rondo.store.row.Bucket;
import rondo.store.upload.UploadIds;
import rondo.store.upload.UploadTable;

/** ListMultipartUploads: lists uploads neither completed nor aborted, by key. Thread-safe. */
public final class ListMultipartUploads {
  private final S3Store store;
  private final boolean older;

  public ListMultipartUploads(S3Store store, boolean compat) {
    this.store = store;
    this.older = Difference.UPLOADS_BEHIND_PREFIX.in(compat);
  }

  @S3Document
  record ListMultipartUploadsResult(
      String bucket,
      String keyMarker,
      String uploadIdMarker,
      String nextKeyMarker,
      String nextUploadIdMarker,
      @Nullable String prefix,
      @Nullable String delimiter,
      int maxUploads,
      boolean isTruncated,
      @Nullable String encodingType,
      List<ListedUpload> upload,
      List<ListingScope.CommonPrefix> commonPrefixes) {}

  record ListedUpload(
      String key,
      String uploadId,
      Owner initiator,
      Owner owner,
      String storageClass,
      String initiated,
      @Nullable String checksumAlgorithm,
      @Nullable String checksumType) {}

  public S3Response answer(S3Request request) {
    Bucket bucket = store.bucket(request, Action.LIST_BUCKET_MULTIPART_UPLOADS);
    ListingScope scope = ListingScope.of(request.query(), "max-uploads");
    String keyMarker = request.query().value("key-marker", "");
    // S3 ignores an upload id marker without a key marker.
    String idMarker = keyMarker.isEmpty() ? "" : request.query().value("upload-id-marker", "");
    if (!idMarker.isEmpty() && !isUpload(bucket, keyMarker, idMarker)) {
      throw S3Exception.argument("upload-id-marker", idMarker, "Invalid uploadId marker");
    }
    var entries = new ArrayList<UploadTable.Entry>();
    boolean more =
        scope.limit() > 0
            && store
                .uploads()
                .list(
                    bucket,
                    scope.prefix(),
                    scope.delimiter(),
                    keyMarker,
                    idMarker,
                    scope.limit(),
                    entries);
    UploadTable.Entry last = last(entries);
    return S3Response.document(
        new ListMultipartUploadsResult(
            bucket.name(),
            scope.encode(keyMarker),
            idMarker,
            last == null ? "" : scope.encode(last.name()),
            last == null ? "" : last.id(),
            scope.prefix().isEmpty() ? null : scope.encode(scope.prefix()),
            scope.encodeOrNull(scope.delimiter()),
            scope.limit(),
            more,
            scope.encodingType(),
            uploads(scope, entries, store.acls().owners(request)),
            prefixes(scope, entries)));
  }

  /** Whether the key has, or had, such an upload: it may have ended since the page before. */
  private boolean isUpload(Bucket bucket, String key, String id) {
    return UploadIds.isOf(key, id) || store.uploads().find(bucket, key, id) != null;
  }

  /** The upload that a page ends with; S3 names none where a common prefix ends it. */
  private UploadTable.@Nullable Entry last(List<UploadTable.Entry> entries) {
    UploadTable.Entry last = entries.isEmpty() ? null : entries.getLast();
    return last == null || (last.row() == null && !older) ? null : last;
  }

  private static List<ListedUpload> uploads(
      ListingScope scope, List<UploadTable.Entry> entries, OwnerNames owners) {
    return entries.stream()
        .filter(entry -> entry.row() != null)
        .map(entry -> listed(scope, entry, owners))
        .toList();
  }

  private static List<ListingScope.CommonPrefix> prefixes(
      ListingScope scope, List<UploadTable.Entry> entries) {
    return entries.stream()
        .filter(entry -> entry.row() == null)
        .map(entry -> new ListingScope.CommonPrefix(scope.encode(entry.name())))
        .toList();
  }

  private static ListedUpload listed(
      ListingScope scope, UploadTable.Entry entry, OwnerNames owners) {
    UploadRow row = Objects.requireNonNull(entry.row());
    String storageClass = row.getTemplate().getStorageClass();
    return new ListedUpload(
        scope.encode(entry.name()),
        entry.id(),
        owners.named(row.getInitiator()),
        owners.of(row.getTemplate().getOwner()),
        storageClass.isEmpty() ? "STANDARD" : storageClass,
        Timestamps.of(row.getInitiatedMicros()),
        ListParts.orNull(row.getChecksumAlgorithm()),
        ListParts.orNull(row.getChecksumType()));
  }
}
