package rondo.s3.listing;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.ring.message.Reply;
import rondo.ring.value.Bytes;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.acl.OwnerNames;
import rondo.s3.error.S3Exception;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.xml.ElementSequence;
import rondo.s3.xml.Owner;
import rondo.s3.xml.S3Document;
import rondo.s3.xml.Timestamps;
import rondo.store.listing.VersionListing;
import rondo.store.object.VersionId;
import rondo.store.row.Bucket;
import rondo.store.row.Consistency;
import rondo.store.row.RowStore;

/** ListObjectVersions: lists versions by key, then newest first. Thread-safe. */
public final class ListObjectVersions {
  private final S3Store store;

  public ListObjectVersions(S3Store store) {
    this.store = store;
  }

  @S3Document
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
      List<ListingScope.CommonPrefix> commonPrefixes,
      @JsonUnwrapped ElementSequence versions) {}

  @S3Document
  record Version(
      String key,
      String versionId,
      boolean isLatest,
      String lastModified,
      @JsonProperty("ETag") String etag,
      @Nullable String checksumAlgorithm,
      @Nullable String checksumType,
      long size,
      String storageClass,
      @Nullable RestoreStatus restoreStatus,
      @Nullable Owner owner) {}

  record DeleteMarker(
      String key, String versionId, boolean isLatest, String lastModified, @Nullable Owner owner) {}

  public S3Response answer(S3Request request) {
    RestoreStatus.check(request);
    Bucket bucket = store.bucket(request, Action.LIST_BUCKET_VERSIONS);
    ListingScope scope = ListingScope.of(request.query(), "max-keys");
    String marker = request.query().value("key-marker", "");
    String versionMarker = request.query().value("version-id-marker", "");
    if (marker.isEmpty() && !versionMarker.isEmpty()) {
      throw S3Exception.argument(
          "version-id-marker",
          versionMarker,
          "A version-id marker cannot be specified without a key marker.");
    }
    VersionListing.Page page = page(bucket, scope, marker, versionMarker);
    OwnerNames owners = store.acls().owners(request);
    VersionListing.Entry last = page.more() ? page.entries().getLast() : null;
    ObjectRow lastRow = last == null ? null : last.row();
    return S3Response.document(
        new ListVersionsResult(
            bucket.name(),
            scope.encode(scope.prefix()),
            scope.encode(marker),
            versionMarker,
            last == null ? null : scope.encode(last.name()),
            lastRow == null ? null : VersionId.of(lastRow).toString(),
            scope.limit(),
            scope.encodeOrNull(scope.delimiter()),
            page.more(),
            scope.encodingType(),
            page.entries().stream()
                .filter(entry -> entry.row() == null)
                .map(entry -> new ListingScope.CommonPrefix(scope.encode(entry.name())))
                .toList(),
            versions(request, scope, page, owners)));
  }

  private VersionListing.Page page(
      Bucket bucket, ListingScope scope, String marker, String versionMarker) {
    if (scope.limit() == 0) {
      return new VersionListing.Page(List.of(), false);
    }
    if (bucket.keepsHistory()) {
      return current(scope.objects(store.listing(), bucket, scope.behind(marker)));
    }
    String delimiter = scope.delimiter();
    var listing =
        new VersionListing(
            store.objects(),
            store.listing().at(Consistency.current().ofListing(bucket)),
            bucket,
            new VersionListing.Scope(
                Bytes.utf8(scope.prefix()),
                delimiter == null ? null : Bytes.utf8(delimiter),
                scope.limit()));
    if (!versionMarker.isEmpty()) {
      return listing.behind(marker, VersionId.parse(versionMarker));
    }
    return marker.isEmpty() || scope.isGroup(marker)
        ? listing.from(scope.behind(marker))
        : listing.behind(marker);
  }

  /** The objects as their keys' only versions: what a bucket with an undelete window shows. */
  private static VersionListing.Page current(Reply.Page page) {
    return new VersionListing.Page(
        page.entries().stream().map(ListObjectVersions::current).toList(), page.more());
  }

  private static VersionListing.Entry current(Reply.Entry entry) {
    Bytes group = entry.group();
    Bytes value = entry.value();
    if (group != null || value == null) {
      return new VersionListing.Entry(Objects.requireNonNull(group).utf8(), null, false);
    }
    ObjectRow row = RowStore.decode(ObjectRow.parser(), value).toBuilder().clearVersion().build();
    return new VersionListing.Entry(entry.sort().utf8(), row, true);
  }

  /**
   * Versions and delete markers in one order, which tells clients what was there at a time: mc
   * removes versions by it.
   */
  private static ElementSequence versions(
      S3Request request, ListingScope scope, VersionListing.Page page, OwnerNames owners) {
    var all = new ArrayList<Object>(page.entries().size());
    for (VersionListing.Entry entry : page.entries()) {
      ObjectRow row = entry.row();
      if (row != null) {
        all.add(
            row.getDeleteMarker()
                ? marker(scope, entry, owners)
                : version(request, scope, entry, owners));
      }
    }
    return new ElementSequence(all);
  }

  private static Version version(
      S3Request request, ListingScope scope, VersionListing.Entry entry, OwnerNames owners) {
    ObjectRow row = Objects.requireNonNull(entry.row());
    ListedObject listed =
        ListedObject.of(request, scope.encode(entry.name()), row, owners.of(row.getOwner()));
    return new Version(
        listed.key(),
        VersionId.of(row).toString(),
        entry.latest(),
        listed.lastModified(),
        listed.etag(),
        listed.checksumAlgorithm(),
        listed.checksumType(),
        listed.size(),
        listed.storageClass(),
        listed.restoreStatus(),
        listed.owner());
  }

  private static DeleteMarker marker(
      ListingScope scope, VersionListing.Entry entry, OwnerNames owners) {
    ObjectRow row = Objects.requireNonNull(entry.row());
    return new DeleteMarker(
        scope.encode(entry.name()),
        VersionId.of(row).toString(),
        entry.latest(),
        Timestamps.of(row.getModifiedMicros()),
        owners.of(row.getOwner()));
  }
}
