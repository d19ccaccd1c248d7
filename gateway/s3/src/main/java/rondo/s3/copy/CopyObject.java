package rondo.s3.copy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Checksum;
import rondo.metadata.rows.Header;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.access.AccessAttempt;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.body.BodySummary;
import rondo.s3.body.ChecksumAlgorithm;
import rondo.s3.encryption.EncryptionChoice;
import rondo.s3.encryption.ObjectDecryption;
import rondo.s3.encryption.ObjectEncryption;
import rondo.s3.encryption.ServerSideEncryption;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.lifecycle.ExpirationHeaders;
import rondo.s3.object.BodyReceiver;
import rondo.s3.object.ByteRange;
import rondo.s3.object.NewObject;
import rondo.s3.object.WriteConditions;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.s3.request.VersionIds;
import rondo.s3.xml.ChecksumValues;
import rondo.s3.xml.Timestamps;
import rondo.storage.chunk.ChunkOwner;
import rondo.store.object.ObjectPlace;
import rondo.store.object.StoredObject;
import rondo.store.object.WriteCondition;
import rondo.store.row.Bucket;
import rondo.store.row.RefusalException;

/**
 * CopyObject: the copy shares the source's blobs, and no byte moves, unless the copy needs another
 * data key or number of replicas. Thread-safe.
 */
public final class CopyObject {
  /** The attempts at a source that keeps changing during the few round trips of a copy. */
  private static final int MOST_TRIES = 5;

  private final S3Store store;
  private final WriteConditions conditions;

  public CopyObject(S3Store store, WriteConditions conditions) {
    this.store = store;
    this.conditions = conditions;
  }

  record CopyObjectResult(
      String lastModified,
      @JsonProperty("ETag") String etag,
      @JsonUnwrapped ChecksumValues checksums,
      @Nullable String checksumType) {}

  /**
   * @throws S3Exception AccessDenied, InvalidRequest, InvalidArgument, PreconditionFailed, SlowDown
   *     when the source keeps changing, and the errors of {@link CopySource#read}
   */
  public S3Response answer(S3Request request) {
    Bucket bucket = store.bucket(request, Action.PUT_OBJECT);
    CopySource source = CopySource.of(request);
    WriteCondition condition = conditions.of(request);
    boolean itself = source.isCurrent(bucket.name(), request.key());
    boolean inPlace = itself && !bucket.keepsVersions();
    EncryptionChoice wanted = store.encryption().wanted(request, bucket);
    boolean changes = changesSomething(request) || bucket.row().hasEncryption();
    for (int i = 0; i < MOST_TRIES; i++) {
      CopySource.SourceVersion found = source.read(store, request);
      if (itself && !changes && wanted.isMetBy(found.row().getEncryption())) {
        throw new S3Exception(
            S3Error.INVALID_REQUEST,
            "This copy request is illegal because it is trying to copy an object to itself without"
                + " changing the object's metadata, storage class, website redirect location or"
                + " encryption attributes.");
      }
      requireTags(request, bucket, found);
      store.quotas().require(bucket, found.row().getSize());
      boolean same =
          wanted.isMetBy(found.row().getEncryption())
              && bucket.isHome(found.row().getSegmentsList());
      ObjectRow row = row(request, bucket, found.row(), wanted, same);
      ObjectRow copy =
          inPlace && same
              ? changeInPlace(bucket, request, found.stored(), row, condition)
              : copy(found, new ObjectPlace(bucket, request.key()), row, same, condition);
      if (copy != null) {
        return S3Response.document(document(copy))
            .headers(wanted.headers())
            .header("x-amz-expiration", ExpirationHeaders.of(bucket, request.key(), copy))
            .headers(VersionIds.read(bucket, copy))
            .headers(found.headers());
      }
    }
    throw new S3Exception(S3Error.SLOW_DOWN);
  }

  /** Tags that come with the object are read there, and written here. */
  private void requireTags(S3Request request, Bucket bucket, CopySource.SourceVersion found) {
    List<Header> tags = found.row().getTagsList();
    if (tags.isEmpty() || isReplace(request, "x-amz-tagging-directive")) {
      return;
    }
    CopySource source = CopySource.of(request);
    store
        .access()
        .requireFurther(
            AccessAttempt.of(request, found.place().bucket(), Action.GET_OBJECT_TAGGING)
                .at(source.key(), source.version())
                .on(found.row()));
    store
        .access()
        .requireFurther(AccessAttempt.of(request, bucket, Action.PUT_OBJECT_TAGGING).tagged(tags));
  }

  private static boolean changesSomething(S3Request request) {
    return isReplace(request, "x-amz-metadata-directive")
        || isReplace(request, "x-amz-tagging-directive")
        || request.header("x-amz-storage-class") != null
        || request.header(NewObject.REDIRECT) != null
        || ServerSideEncryption.isAsked(request);
  }

  private static boolean isReplace(S3Request request, String header) {
    String directive = request.header(header);
    if (directive == null || directive.equals("COPY")) {
      return false;
    }
    if (!directive.equals("REPLACE")) {
      throw S3Exception.argument(header, directive, "Unknown directive.");
    }
    return true;
  }

  private @Nullable ObjectRow copy(
      CopySource.SourceVersion found,
      ObjectPlace to,
      ObjectRow row,
      boolean same,
      @Nullable WriteCondition condition) {
    return same && row.getSegmentsCount() > 0
        ? store.objects().share(found.place(), found.stored(), to, row, condition)
        : store.objects().write(to.bucket(), to.key(), row, condition);
  }

  /**
   * Copies an object to itself: changes its row if it is still the one that was read. The row keeps
   * its upload and reference, which own its blobs.
   */
  private @Nullable ObjectRow changeInPlace(
      Bucket bucket,
      S3Request request,
      StoredObject source,
      ObjectRow row,
      @Nullable WriteCondition condition) {
    StoredObject before =
        store
            .objects()
            .change(
                bucket,
                request.key(),
                current -> {
                  RefusalException refusal = condition == null ? null : condition.refusal(current);
                  if (refusal != null) {
                    throw refusal;
                  }
                  return current.equals(source.row())
                      ? row.toBuilder()
                          .setReference(current.getReference())
                          .setUpload(current.getUpload())
                          .build()
                      : current;
                });
    return before != null && before.row().equals(source.row()) ? row : null;
  }

  private ObjectRow row(
      S3Request request, Bucket bucket, ObjectRow source, EncryptionChoice wanted, boolean same) {
    if (source.getSize() > BodyReceiver.MOST_BYTES) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST,
          "The specified copy source is larger than the maximum allowable size for a copy source: "
              + BodyReceiver.MOST_BYTES);
    }
    ObjectRow.Builder row = NewObject.of(request, store, bucket);
    if (!isReplace(request, "x-amz-metadata-directive")) {
      copyMetadata(request, source, row);
    }
    if (!isReplace(request, "x-amz-tagging-directive")) {
      row.clearTags().addAllTags(source.getTagsList());
    }
    row.setModifiedMicros(store.rows().wallMicros());
    ObjectDecryption opening = store.encryption().source(request, source);
    if (same) {
      share(request, source, opening, wanted, row);
    } else {
      var whole = new ByteRange(0, source.getSize());
      var owner = ChunkOwner.object(bucket.shardOf(request.keyBytes()), request.keyBytes());
      ObjectEncryption sealing = store.encryption().sealing(wanted);
      new ByteCopy(bucket.blobs(store.blobs()), owner, BodyReceiver.MOST_INLINE_BYTES)
          .copy(opening, whole, algorithm(request, source), sealing)
          .into(row, sealing);
    }
    return row.build();
  }

  private void share(
      S3Request request,
      ObjectRow source,
      ObjectDecryption opening,
      EncryptionChoice wanted,
      ObjectRow.Builder row) {
    row.setSize(source.getSize())
        .setEtag(source.getEtag())
        .setInlineData(source.getInlineData())
        .addAllSegments(source.getSegmentsList());
    wanted.carryOver(source, row);
    ChecksumAlgorithm algorithm = algorithm(request, source);
    boolean kept = algorithm == null || isFull(source.getChecksum(), algorithm);
    boolean inParts = source.getPartsCount() > 0;
    if (kept && source.hasChecksum()) {
      row.setChecksum(source.getChecksum());
    }
    if (inParts || !kept) {
      digest(row, opening, kept ? null : algorithm, inParts);
    }
  }

  /**
   * Reads the data where the source doesn't tell what the copy says of it: a copy came in one, also
   * of an object that came in parts.
   */
  private void digest(
      ObjectRow.Builder row,
      ObjectDecryption opening,
      @Nullable ChecksumAlgorithm algorithm,
      boolean inParts) {
    BodySummary digested = ByteCopy.digests(store.blobs(), opening, row.getSize(), algorithm);
    if (inParts) {
      row.setEtag(opening.etag(digested.etag()));
    }
    String checksum = digested.checksumBase64();
    if (algorithm != null && checksum != null) {
      row.setChecksum(Checksum.newBuilder().setAlgorithm(algorithm.name()).setValue(checksum));
    }
  }

  private static void copyMetadata(S3Request request, ObjectRow source, ObjectRow.Builder row) {
    row.clearHeaders().clearUserMetadata().addAllUserMetadata(source.getUserMetadataList());
    source.getHeadersList().stream()
        .filter(header -> !header.getName().equals(NewObject.REDIRECT))
        .forEach(row::addHeaders);
    String redirect = request.header(NewObject.REDIRECT);
    if (redirect != null) {
      NewObject.checkRedirect(redirect);
      row.addHeaders(Header.newBuilder().setName(NewObject.REDIRECT).setValue(redirect));
    }
  }

  private static boolean isFull(Checksum checksum, ChecksumAlgorithm algorithm) {
    return checksum.getAlgorithm().equals(algorithm.name()) && !checksum.getComposite();
  }

  /** The source's, unless the request names another. */
  private static @Nullable ChecksumAlgorithm algorithm(S3Request request, ObjectRow source) {
    String name = request.header("x-amz-checksum-algorithm");
    if (name == null) {
      return ChecksumAlgorithm.named(source.getChecksum().getAlgorithm());
    }
    ChecksumAlgorithm algorithm = ChecksumAlgorithm.named(name);
    if (algorithm == null) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST, "Value for x-amz-checksum-algorithm header is invalid.");
    }
    return algorithm;
  }

  private static CopyObjectResult document(ObjectRow row) {
    Checksum checksum = row.getChecksum();
    return new CopyObjectResult(
        Timestamps.of(row.getModifiedMicros()),
        '"' + row.getEtag() + '"',
        ChecksumValues.of(checksum.getAlgorithm(), checksum.getValue()),
        row.hasChecksum() ? (checksum.getComposite() ? "COMPOSITE" : "FULL_OBJECT") : null);
  }
}
