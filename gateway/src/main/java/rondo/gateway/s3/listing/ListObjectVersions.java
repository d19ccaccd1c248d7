package rondo.gateway.s3.listing;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.gateway.s3.S3Exception;
import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.S3Response;
import rondo.gateway.s3.acl.Owners;
import rondo.gateway.s3.xml.Owner;
import rondo.gateway.s3.xml.Timestamps;
import rondo.gateway.store.Bucket;
import rondo.gateway.store.Listing;
import rondo.gateway.store.Store;
import rondo.metadata.rows.Grant;
import rondo.metadata.rows.ObjectRow;

/** ListObjectVersions of a bucket that was never versioned: each object is its "null" version. */
public final class ListObjectVersions {
  private static final String ONLY_VERSION = "null";

  private final Store store;

  public ListObjectVersions(Store store) {
    this.store = store;
  }

  record ListVersionsResult(
      String name,
      String prefix,
      String keyMarker,
      String versionIdMarker,
      @Nullable String nextKeyMarker,
      @Nullable String nextVersionIdMarker,
      int maxKeys,
      @Nullable String delimiter,
      boolean isTruncated,
      @Nullable String encodingType,
      List<Version> version,
      List<Scope.CommonPrefix> commonPrefixes) {}

  record Version(
      String key,
      String versionId,
      boolean isLatest,
      String lastModified,
      @JsonProperty("ETag") String etag,
      long size,
      String storageClass,
      @Nullable Owner owner) {}

  public S3Response answer(S3Request request) {
    Bucket bucket = store.buckets().of(request, Grant.Permission.READ);
    Scope scope = Scope.of(request.query(), "max-keys");
    String marker = request.query().value("key-marker", "");
    String versionMarker = request.query().value("version-id-marker", "");
    if (marker.isEmpty() && !versionMarker.isEmpty()) {
      throw S3Exception.argument(
          "version-id-marker",
          versionMarker,
          "A version-id marker cannot be specified without a key marker.");
    }
    Listing.Page page = scope.objects(store.listing(), bucket, scope.behind(marker));
    Owners owners = store.acls().owners(request);
    boolean endsWithKey = page.more() && page.entries().getLast().group() == null;
    return S3Response.document(
        new ListVersionsResult(
            bucket.name(),
            scope.encode(scope.prefix()),
            scope.encode(marker),
            versionMarker,
            page.more() ? scope.encode(Scope.last(page)) : null,
            endsWithKey ? ONLY_VERSION : null,
            scope.limit(),
            scope.encodeOrNull(scope.delimiter()),
            page.more(),
            scope.encodingType(),
            Listed.all(page, scope, (key, row) -> version(key, row, owners.of(row.getOwner()))),
            scope.prefixes(page)));
  }

  private static Version version(String key, ObjectRow row, @Nullable Owner owner) {
    return new Version(
        key,
        ONLY_VERSION,
        true,
        Timestamps.of(row.getModifiedMicros()),
        '"' + row.getEtag() + '"',
        row.getSize(),
        Listed.storageClass(row),
        owner);
  }
}
