package rondo.s3.copy;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.access.AccessAttempt;
import rondo.s3.access.Action;
import rondo.s3.access.ExpectedOwner;
import rondo.s3.access.S3Store;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.object.ArchivedObjects;
import rondo.s3.object.ObjectHeaders;
import rondo.s3.object.ReadConditions;
import rondo.s3.request.ResourceAddress;
import rondo.s3.request.S3Request;
import rondo.s3.request.SourcePath;
import rondo.s3.request.VersionIds;
import rondo.store.object.ObjectPlace;
import rondo.store.object.StoredObject;
import rondo.store.object.VersionId;
import rondo.store.row.Bucket;

/**
 * The source of a copy, as the request names it.
 *
 * @param version null for the current version
 */
public record CopySource(String bucket, String key, @Nullable VersionId version) {
  private static final String HEADER = "x-amz-copy-source";

  /** The source as it was read. */
  public record SourceVersion(ObjectPlace place, StoredObject stored) {
    public ObjectRow row() {
      return stored.row();
    }

    /** What the answer says of the source's version: nothing where it is the null version. */
    public Map<String, String> headers() {
      String id = VersionIds.read(place.bucket(), row()).get("x-amz-version-id");
      return id == null || id.equals("null")
          ? Map.of()
          : Map.of("x-amz-copy-source-version-id", id);
    }
  }

  /**
   * Reads {@code x-amz-copy-source}: {@code bucket/key}, percent-encoded, with or without a leading
   * slash.
   *
   * @throws S3Exception InvalidArgument, KeyTooLongError
   */
  public static CopySource of(S3Request request) {
    String header = request.header(HEADER);
    return of(header == null ? "" : header);
  }

  public static CopySource of(String header) {
    SourcePath told = SourcePath.of(header);
    String name = told.path();
    int slash = name.indexOf('/');
    if (slash <= 0 || slash == name.length() - 1) {
      throw S3Exception.argument(
          HEADER,
          HEADER,
          "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }
    VersionId version = told.version() == null ? null : VersionId.parse(told.version());
    var source = new CopySource(name.substring(0, slash), name.substring(slash + 1), version);
    ResourceAddress.checkKey(source.key());
    return source;
  }

  /** Whether this is the current version of that object. */
  boolean isCurrent(String ofBucket, String ofKey) {
    return version == null && bucket.equals(ofBucket) && key.equals(ofKey);
  }

  /**
   * Reads the source, under the request's conditions on it.
   *
   * @throws S3Exception AccessDenied, NoSuchKey, NoSuchVersion, InvalidRequest for a delete marker,
   *     PreconditionFailed, ObjectNotInActiveTierError
   * @throws rondo.store.row.StoreException NO_SUCH_BUCKET
   */
  public SourceVersion read(S3Store store, S3Request request) {
    Bucket from = store.buckets().find(bucket);
    ExpectedOwner.OF_SOURCE.require(request, from);
    StoredObject stored = store.objects().find(from, key, VersionIds.shown(from, key, version));
    boolean marker = stored != null && stored.row().getDeleteMarker();
    ObjectRow row = stored == null || marker ? null : stored.row();
    store
        .access()
        .requireRead(AccessAttempt.of(request, from, Action.GET_OBJECT).at(key, version).on(row));
    if (marker && version != null) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST,
          "The source of a copy request may not specifically refer to a delete marker by version"
              + " id.");
    }
    if (stored == null || marker) {
      throw VersionIds.missing(key, version);
    }
    checkConditions(request, stored.row());
    if (!ArchivedObjects.isReadable(stored.row(), request.received())) {
      throw new S3Exception(S3Error.OBJECT_NOT_IN_ACTIVE_TIER_ERROR);
    }
    return new SourceVersion(new ObjectPlace(from, key), stored);
  }

  private static void checkConditions(S3Request request, ObjectRow row) {
    String failing =
        ReadConditions.Read.ofCopySource(request)
            .failing(row.getEtag(), ObjectHeaders.modified(row), request.received());
    if (failing != null) {
      throw ReadConditions.failed("x-amz-copy-source-" + failing);
    }
  }
}
