package rondo.s3.listing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.s3.access.S3Store;
import rondo.s3.acl.OwnerNames;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.xml.S3Document;
import rondo.store.row.Bucket;

/** ListObjects, version 1. Thread-safe. */
public final class ListObjects {
  private final S3Store store;

  public ListObjects(S3Store store) {
    this.store = store;
  }

  @S3Document
  record ListBucketResult(
      String name,
      String prefix,
      String marker,
      @Nullable String nextMarker,
      int maxKeys,
      @Nullable String delimiter,
      boolean isTruncated,
      @Nullable String encodingType,
      List<ListedObject> contents,
      List<ListingScope.CommonPrefix> commonPrefixes) {}

  public S3Response answer(S3Request request) {
    RestoreStatus.check(request);
    Bucket bucket = store.bucket(request, ListingScope.action(request));
    ListingScope scope = ListingScope.of(request.query(), "max-keys");
    String marker = request.query().value("marker", "");
    Reply.Page page = scope.objects(store, request, bucket, scope.behind(marker));
    OwnerNames owners = store.acls().owners(request);
    boolean owned = request.caller() != null;
    // Without a delimiter clients go on from the last key that they see.
    boolean next = page.more() && scope.delimiter() != null;
    return S3Response.document(
        new ListBucketResult(
            bucket.name(),
            // Clients decode every other element of this document, but not this one.
            scope.prefix(),
            scope.encode(marker),
            next ? scope.encode(ListingScope.last(page)) : null,
            scope.limit(),
            scope.encodeOrNull(scope.delimiter()),
            page.more(),
            scope.encodingType(),
            ListedObject.all(
                page,
                scope,
                (key, row) ->
                    ListedObject.of(request, key, row, owned ? owners.of(row.getOwner()) : null)),
            scope.prefixes(page)));
  }
}
