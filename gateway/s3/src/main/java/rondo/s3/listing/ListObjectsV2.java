package rondo.s3.listing;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.listing.PageCursor;
import rondo.ring.message.Reply;
import rondo.ring.value.Bytes;
import rondo.s3.access.S3Store;
import rondo.s3.acl.OwnerNames;
import rondo.s3.error.Difference;
import rondo.s3.error.S3Exception;
import rondo.s3.request.QueryParameters;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.xml.S3Document;
import rondo.store.row.Bucket;

/** ListObjectsV2. Thread-safe. */
public final class ListObjectsV2 {
  private final S3Store store;
  private final boolean older;

  public ListObjectsV2(S3Store store, boolean compat) {
    this.store = store;
    this.older = Difference.CONTINUATION_TOKEN.in(compat);
  }

  @S3Document
  record ListBucketResult(
      String name,
      String prefix,
      @Nullable String startAfter,
      @Nullable String continuationToken,
      @Nullable String nextContinuationToken,
      int keyCount,
      int maxKeys,
      @Nullable String delimiter,
      boolean isTruncated,
      @Nullable String encodingType,
      List<ListedObject> contents,
      List<ListingScope.CommonPrefix> commonPrefixes) {}

  public S3Response answer(S3Request request) {
    RestoreStatus.check(request);
    QueryParameters query = request.query();
    if (!"2".equals(query.value("list-type"))) {
      throw S3Exception.argument("list-type", query.value("list-type", ""), "Invalid list-type");
    }
    Bucket bucket = store.bucket(request, ListingScope.action(request));
    ListingScope scope = ListingScope.of(query, "max-keys");
    String token = query.value("continuation-token");
    boolean goesOn = token != null && !(older && token.isEmpty());
    String startAfter = goesOn && !older ? null : query.value("start-after");
    Bytes from =
        goesOn && token != null
            ? ContinuationToken.decode(token)
            : scope.behind(startAfter == null ? "" : startAfter);
    Reply.Page page = scope.objects(store, request, bucket, from);
    OwnerNames owners = store.acls().owners(request);
    boolean owned = "true".equalsIgnoreCase(query.value("fetch-owner"));
    return S3Response.document(
        new ListBucketResult(
            bucket.name(),
            scope.encode(scope.prefix()),
            scope.encodeOrNull(startAfter),
            token,
            page.more()
                ? ContinuationToken.encode(PageCursor.behind(page.entries().getLast()))
                : null,
            page.entries().size(),
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
