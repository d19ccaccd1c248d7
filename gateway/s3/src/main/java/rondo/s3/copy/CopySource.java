package rondo.s3.copy;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.access.AccessAttempt;
import rondo.s3.access.Action;
import rondo.s3.access.ExpectedOwner;
import rondo.s3.access.S3Store;
import rondo.s3.error.PercentCoding;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.object.ArchivedObjects;
import rondo.s3.object.ObjectHeaders;
import rondo.s3.object.ReadConditions;
import rondo.s3.request.ResourceAddress;
import rondo.s3.request.S3Request;
import rondo.s3.request.VersionIds;
import rondo.store.object.ObjectPlace;
import rondo.store.object.StoredObject;
import rondo.store.object.VersionId;
import rondo.store.row.Bucket;

/**
 * What a copy copies.
 *
 * @param version null for the current one
 */
public record CopySource(String bucket, String key, @Nullable VersionId version) {
  private static final String HEADER = "x-amz-copy-source";
  private static final String VERSION = "?versionId=";

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
   * Reads the header: {@code bucket/key}, percent-encoded, perhaps with a slash in front.
   *
   * @throws S3Exception InvalidArgument, KeyTooLongError
   */
  public static CopySource of(S3Request request) {
    String header = request.header(HEADER);
    return of(header == null ? "" : header);
  }

  public static CopySource of(String header) {
    int mark = header.lastIndexOf(VERSION);
    String raw = mark < 0 ? header : header.substring(0, mark);
    String path = new String(PercentCoding.decode(raw, false), StandardCharsets.UTF_8);
    String name = path.startsWith("/") ? path.substring(1) : path;
    int slash = name.indexOf('/');
    if (slash <= 0 || slash == name.length() - 1) {
      throw S3Exception.argument(
          HEADER,
          HEADER,
          "Copy Source must mention the source bucket and key: sourcebucket/sourcekey");
    }
    VersionId version =
        mark < 0 ? null : VersionId.parse(header.substring(mark + VERSION.length()));
    var source = new CopySource(name.substring(0, slash), name.substring(slash + 1), version);
    ResourceAddress.checkKey(source.key());
    return source;
  }

  /** Whether this is the current version of that object. */
  boolean isCurrent(String ofBucket, String ofKey) {
    return version == null && bucket.equals(ofBucket) && key.equals(ofKey);
  }

  /**
   * The source, under the conditions of the request.
   *
   * @throws S3Exception NoSuchBucket, AccessDenied, NoSuchKey, NoSuchVersion, InvalidRequest for a
   *     delete marker, PreconditionFailed
   */
  public SourceVersion read(S3Store store, S3Request request) {
    Bucket from = store.buckets().find(bucket);
    ExpectedOwner.OF_SOURCE.require(request, from);
    StoredObject stored = store.objects().find(from, key, version);
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
            .failing(row.getEtag(), ObjectHeaders.modified(row));
    if (failing != null) {
      throw ReadConditions.failed("x-amz-copy-source-" + failing);
    }
  }
}
