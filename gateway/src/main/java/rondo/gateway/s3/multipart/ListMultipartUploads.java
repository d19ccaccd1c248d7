package rondo.gateway.s3.multipart;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.S3Response;
import rondo.gateway.s3.access.Action;
import rondo.gateway.s3.access.S3Store;
import rondo.gateway.s3.acl.Owners;
import rondo.gateway.s3.listing.Scope;
import rondo.gateway.s3.xml.Owner;
import rondo.gateway.s3.xml.Timestamps;
import rondo.gateway.store.Bucket;
import rondo.gateway.store.UploadTable;
import rondo.metadata.rows.UploadRow;

/** ListMultipartUploads: those that are neither complete nor aborted, by key. */
public final class ListMultipartUploads {
  private final S3Store store;

  public ListMultipartUploads(S3Store store) {
    this.store = store;
  }

  record ListMultipartUploadsResult(
      String bucket,
      String keyMarker,
      String uploadIdMarker,
      @Nullable String nextKeyMarker,
      @Nullable String nextUploadIdMarker,
      String prefix,
      @Nullable String delimiter,
      int maxUploads,
      boolean isTruncated,
      @Nullable String encodingType,
      List<ListedUpload> upload,
      List<Scope.CommonPrefix> commonPrefixes) {}

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
    Scope scope = Scope.of(request.query(), "max-uploads");
    String keyMarker = request.query().value("key-marker", "");
    // S3 passes over an upload id that comes without a key.
    String idMarker = keyMarker.isEmpty() ? "" : request.query().value("upload-id-marker", "");
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
    UploadTable.Entry last = more ? entries.getLast() : null;
    return S3Response.document(
        new ListMultipartUploadsResult(
            bucket.name(),
            scope.encode(keyMarker),
            idMarker,
            last == null ? null : scope.encode(last.name()),
            last == null ? null : last.id(),
            scope.encode(scope.prefix()),
            scope.encodeOrNull(scope.delimiter()),
            scope.limit(),
            more,
            scope.encodingType(),
            uploads(scope, entries, store.acls().owners(request)),
            prefixes(scope, entries)));
  }

  private static List<ListedUpload> uploads(
      Scope scope, List<UploadTable.Entry> entries, Owners owners) {
    return entries.stream()
        .filter(entry -> entry.row() != null)
        .map(entry -> listed(scope, entry, owners))
        .toList();
  }

  private static List<Scope.CommonPrefix> prefixes(Scope scope, List<UploadTable.Entry> entries) {
    return entries.stream()
        .filter(entry -> entry.row() == null)
        .map(entry -> new Scope.CommonPrefix(scope.encode(entry.name())))
        .toList();
  }

  private static ListedUpload listed(Scope scope, UploadTable.Entry entry, Owners owners) {
    UploadRow row = Objects.requireNonNull(entry.row());
    String storageClass = row.getTemplate().getStorageClass();
    return new ListedUpload(
        scope.encode(entry.name()),
        entry.id(),
        owners.of(row.getInitiator()),
        owners.of(row.getTemplate().getOwner()),
        storageClass.isEmpty() ? "STANDARD" : storageClass,
        Timestamps.of(row.getInitiatedMicros()),
        ListParts.orNull(row.getChecksumAlgorithm()),
        ListParts.orNull(row.getChecksumType()));
  }
}
