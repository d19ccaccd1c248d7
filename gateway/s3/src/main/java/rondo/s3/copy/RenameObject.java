package rondo.s3.copy;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.Renamed;
import rondo.s3.access.AccessAttempt;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.object.ObjectHeaders;
import rondo.s3.object.ReadConditions;
import rondo.s3.removal.ObjectRemoval;
import rondo.s3.request.ResourceAddress;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.request.SourcePath;
import rondo.s3.request.VersionIds;
import rondo.store.object.ObjectPlace;
import rondo.store.object.StoredObject;
import rondo.store.row.Bucket;

/**
 * RenameObject, which S3 offers in directory buckets only; here every bucket has it. No byte moves,
 * and the object keeps its metadata and settings.
 *
 * <p>The new name is written first, under the conditions on it. Then the old name is removed,
 * unless it has been overwritten in between. So the object is under at least one name at any time.
 * For a moment it is under both; if the gateway dies in that moment, it stays so until the client
 * sends the request again. Two concurrent renames of one object may both succeed. Thread-safe.
 */
public final class RenameObject {
  private static final String SOURCE = "x-amz-rename-source";
  private static final String TOKEN = "x-amz-client-token";

  /** The attempts at a source that keeps changing during the few round trips of a rename. */
  private static final int MOST_TRIES = 5;

  private final S3Store store;

  public RenameObject(S3Store store) {
    this.store = store;
  }

  /**
   * @throws S3Exception NoSuchBucket, AccessDenied, NoSuchKey, PreconditionFailed, InvalidArgument,
   *     InvalidRequest, IdempotencyParameterMismatch
   */
  public S3Response answer(S3Request request) {
    Bucket bucket = store.bucket(request, Action.PUT_OBJECT);
    String from = source(request);
    RenameConditions conditions = RenameConditions.of(request);
    Renamed mine = renamed(request, from);
    ObjectRow done = findEarlierRename(bucket, request.key(), mine);
    store.access().require(AccessAttempt.of(request, bucket, Action.DELETE_OBJECT).at(from, null));
    if (done != null) {
      removeSource(request, bucket, from, done);
      return S3Response.ok().headers(VersionIds.written(bucket, done));
    }
    for (int i = 0; i < MOST_TRIES; i++) {
      StoredObject found = read(request, bucket, from);
      ObjectRow row = renamedRow(mine, found.row());
      ObjectRow written = write(bucket, from, found, request.key(), row, conditions);
      if (written != null) {
        removeSource(request, bucket, from, written);
        return S3Response.ok().headers(VersionIds.written(bucket, written));
      }
    }
    throw new S3Exception(S3Error.SLOW_DOWN);
  }

  private static String source(S3Request request) {
    String header = request.header(SOURCE);
    if (header == null || header.isEmpty()) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST, "Missing required header for this request: " + SOURCE);
    }
    SourcePath told = SourcePath.of(header);
    String key = told.path();
    if (key.isEmpty() || told.version() != null) {
      throw S3Exception.argument(SOURCE, header, "The rename source must name an object.");
    }
    ResourceAddress.checkKey(key);
    if (key.endsWith("/") || request.key().endsWith("/")) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST, "Objects that end with a slash can't be renamed.");
    }
    if (key.equals(request.key())) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST, "The rename source and the destination are the same object.");
    }
    return key;
  }

  private static Renamed renamed(S3Request request, String from) {
    String token = Objects.requireNonNullElse(request.header(TOKEN), "");
    if (!token.matches("[\\x21-\\x7E]{0,64}")) {
      throw S3Exception.argument(
          TOKEN, token, "A client token has at most 64 characters in the ASCII range of 33 - 126.");
    }
    String parameters =
        request.headers().stream()
            .map(header ->
                Map.entry(header.getKey().toLowerCase(Locale.ROOT), header.getValue().strip()))
            .filter(header -> header.getKey().startsWith("if-") || isOfSource(header.getKey()))
            .map(header -> header.getKey() + ":" + header.getValue())
            .sorted()
            .collect(Collectors.joining("\n"));
    return Renamed.newBuilder()
        .setFrom(from)
        .setToken(token)
        .setParameters(parameters)
        .setRequest(request.id())
        .build();
  }

  private static boolean isOfSource(String header) {
    return header.startsWith(SOURCE + "-if-");
  }

  /**
   * The object as an earlier request with the same client token renamed it; null when there was
   * none.
   *
   * @throws S3Exception IdempotencyParameterMismatch
   */
  private @Nullable ObjectRow findEarlierRename(Bucket bucket, String key, Renamed mine) {
    if (mine.getToken().isEmpty()) {
      return null;
    }
    StoredObject there = store.objects().read(bucket, key);
    Renamed before = there == null ? Renamed.getDefaultInstance() : there.row().getRenamed();
    if (there == null || !before.getToken().equals(mine.getToken())) {
      return null;
    }
    if (!before.getFrom().equals(mine.getFrom())
        || !before.getParameters().equals(mine.getParameters())) {
      throw new S3Exception(S3Error.IDEMPOTENCY_PARAMETER_MISMATCH);
    }
    return there.row();
  }

  private StoredObject read(S3Request request, Bucket bucket, String from) {
    StoredObject stored = store.objects().read(bucket, from);
    ObjectRow row = stored == null ? null : stored.row();
    store
        .access()
        .requireRead(AccessAttempt.of(request, bucket, Action.GET_OBJECT).at(from, null).on(row));
    if (stored == null) {
      throw VersionIds.missing(from, null);
    }
    String failing =
        RenameConditions.ofSource(request)
            .failing(
                stored.row().getEtag(), ObjectHeaders.modified(stored.row()), request.received());
    if (failing != null) {
      throw ReadConditions.failed(SOURCE + "-" + failing);
    }
    return stored;
  }

  /** The source's row without the fields that belong to its name, marked as renamed. */
  private static ObjectRow renamedRow(Renamed mine, ObjectRow source) {
    return source.toBuilder()
        .clearVersion()
        .clearNullVersion()
        .clearChanges()
        .clearNonce()
        .clearUpload()
        .clearReference()
        .setRenamed(mine)
        .build();
  }

  private @Nullable ObjectRow write(
      Bucket bucket,
      String from,
      StoredObject found,
      String to,
      ObjectRow row,
      RenameConditions conditions) {
    return row.getSegmentsCount() == 0
        ? store.objects().write(bucket, to, row, conditions)
        : store
            .objects()
            .share(
                new ObjectPlace(bucket, from), found, new ObjectPlace(bucket, to), row, conditions);
  }

  /** Removes the old name, but keeps an object that was written there after the rename. */
  private void removeSource(S3Request request, Bucket bucket, String from, ObjectRow renamed) {
    ObjectRow marker = new ObjectRemoval(store, request).marker(bucket);
    ObjectRow carried = renamed;
    for (int i = 0; i < MOST_TRIES; i++) {
      StoredObject left = store.objects().read(bucket, from);
      if (left == null || !isSame(left.row(), carried)) {
        return;
      }
      ObjectRow expected = left.row();
      if (!settings(expected).equals(settings(carried))) {
        carryOver(bucket, request.key(), expected, renamed.getRenamed());
        carried = expected;
      }
      try {
        store
            .objects()
            .delete(
                bucket,
                from,
                marker,
                now -> expected.equals(now) ? null : new S3Exception(S3Error.PRECONDITION_FAILED));
        return;
      } catch (S3Exception changed) {
        if (changed.error() != S3Error.PRECONDITION_FAILED) {
          throw changed;
        }
      }
    }
    throw new S3Exception(S3Error.SLOW_DOWN);
  }

  private static boolean isSame(ObjectRow one, ObjectRow other) {
    return one.getModifiedMicros() == other.getModifiedMicros()
        && one.getEtag().equals(other.getEtag())
        && one.getSize() == other.getSize()
        && one.getSegmentsList().equals(other.getSegmentsList());
  }

  /** The row without the fields that belong to its name. */
  private static ObjectRow settings(ObjectRow row) {
    return renamedRow(Renamed.getDefaultInstance(), row);
  }

  /**
   * Carries over to the new name what changed under the old one during the rename, such as tags.
   */
  private void carryOver(Bucket bucket, String to, ObjectRow changed, Renamed mine) {
    store
        .objects()
        .relock(
            bucket,
            to,
            null,
            now ->
                now.getRenamed().equals(mine)
                    ? renamedRow(mine, changed).toBuilder()
                        .setReference(now.getReference())
                        .setVersion(now.getVersion())
                        .setNullVersion(now.getNullVersion())
                        .setNonce(now.getNonce())
                        .build()
                    : now);
  }
}
