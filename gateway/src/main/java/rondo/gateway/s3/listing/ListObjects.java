package rondo.gateway.s3.listing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.S3Response;
import rondo.gateway.s3.access.Action;
import rondo.gateway.s3.access.S3Store;
import rondo.gateway.s3.acl.Owners;
import rondo.gateway.store.Bucket;
import rondo.ring.message.Reply;

/** ListObjects, the first version. */
public final class ListObjects {
  private final S3Store store;

  public ListObjects(S3Store store) {
    this.store = store;
  }

  record ListBucketResult(
      String name,
      String prefix,
      String marker,
      @Nullable String nextMarker,
      int maxKeys,
      @Nullable String delimiter,
      boolean isTruncated,
      @Nullable String encodingType,
      List<Listed> contents,
      List<Scope.CommonPrefix> commonPrefixes) {}

  public S3Response answer(S3Request request) {
    RestoreStatus.check(request);
    Bucket bucket = store.bucket(request, Action.LIST_BUCKET);
    Scope scope = Scope.of(request.query(), "max-keys");
    String marker = request.query().value("marker", "");
    Reply.Page page = scope.objects(store.listing(), bucket, scope.behind(marker));
    Owners owners = store.acls().owners(request);
    // Without a delimiter clients go on from the last key that they see.
    boolean next = page.more() && scope.delimiter() != null;
    return S3Response.document(
        new ListBucketResult(
            bucket.name(),
            // Clients decode every other part of this document, and leave this one as it comes.
            scope.prefix(),
            scope.encode(marker),
            next ? scope.encode(Scope.last(page)) : null,
            scope.limit(),
            scope.encodeOrNull(scope.delimiter()),
            page.more(),
            scope.encodingType(),
            Listed.all(
                page, scope, (key, row) -> Listed.of(request, key, row, owners.of(row.getOwner()))),
            scope.prefixes(page)));
  }
}
