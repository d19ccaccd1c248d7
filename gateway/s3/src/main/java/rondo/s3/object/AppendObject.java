package rondo.s3.object;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Checksum;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.PartInfo;
import rondo.metadata.rows.Segment;
import rondo.s3.access.Action;
import rondo.s3.access.S3Store;
import rondo.s3.body.BodyClaims;
import rondo.s3.body.ChecksumAlgorithm;
import rondo.s3.encryption.ObjectEncryption;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.storage.chunk.ChunkOwner;
import rondo.store.object.ObjectExtension;
import rondo.store.object.StoredObject;
import rondo.store.object.WriteCondition;
import rondo.store.row.Bucket;
import rondo.store.row.RefusalException;

/**
 * PutObject at an offset. S3 has it in directory buckets; here every bucket without versions has
 * it.
 *
 * <p>The bytes become the object's last part if the object still ends at the request's offset. Of
 * several requests that append at one offset at the same time, one succeeds and the others get
 * InvalidWriteOffset. Thread-safe.
 */
public final class AppendObject {
  static final String OFFSET = "x-amz-write-offset-bytes";
  private static final int MOST_PARTS = 10_000;
  private static final long MOST_OBJECT_BYTES = 50L << 40;

  /** Tries before SlowDown: each fails when another change, of tags for example, comes between. */
  private static final int MOST_TRIES = 8;

  private final S3Store store;
  private final BodyReceiver receiver;
  private final PutObject put;
  private final WriteConditions conditions;

  public AppendObject(
      S3Store store, BodyReceiver receiver, PutObject put, WriteConditions conditions) {
    this.store = store;
    this.receiver = receiver;
    this.put = put;
    this.conditions = conditions;
  }

  public static boolean isAsked(S3Request request) {
    return request.header(OFFSET) != null;
  }

  /**
   * @throws S3Exception InvalidWriteOffset, TooManyParts, InvalidRequest, EncryptionTypeMismatch,
   *     NotImplemented for a bucket that keeps versions, and the errors of PutObject
   */
  public S3Response answer(S3Request request) {
    Bucket bucket = store.bucket(request, Action.PUT_OBJECT);
    long offset = offset(request);
    WriteCondition condition = conditions.of(request);
    StoredObject stored = store.objects().read(bucket, request.key());
    if (stored == null) {
      return create(request, offset, condition);
    }
    ObjectRow before = stored.row();
    ArchivedObjects.requireReadable(before, request.received());
    check(request, before, offset, condition);
    ObjectEncryption sealing = store.encryption().following(request, before);
    BodyClaims claims = claims(request, before);
    store.quotas().require(bucket, claims.length());
    var owner = ChunkOwner.object(bucket.shardOf(request.keyBytes()), request.keyBytes());
    boolean inline =
        before.getSegmentsCount() == 0
            && before.getSize() + claims.length() <= BodyReceiver.MOST_INLINE_BYTES;
    BodyReceiver.ReceivedBody received =
        receiver.in(bucket).receive(request, claims, owner, sealing, inline ? claims.length() : 0);
    ObjectRow written = extend(request, bucket, before, received, sealing, condition);
    store.quotas().wrote(bucket, claims.length());
    return S3Response.ok()
        .header("ETag", "\"" + written.getEtag() + "\"")
        .header("x-amz-object-size", Long.toString(written.getSize()))
        .headers(sealing.headers())
        .headers(written.hasChecksum() ? ObjectHeaders.checksum(written.getChecksum()) : Map.of());
  }

  private static long offset(S3Request request) {
    String given = String.valueOf(request.header(OFFSET));
    if (!given.matches("[0-9]{1,18}")) {
      throw S3Exception.argument(OFFSET, given, "The write offset is not a number of bytes.");
    }
    return Long.parseLong(given);
  }

  /** Creates the object if the offset is 0 and it is still absent when its row is written. */
  private S3Response create(S3Request request, long offset, @Nullable WriteCondition condition) {
    if (offset != 0) {
      throw new S3Exception(S3Error.INVALID_WRITE_OFFSET);
    }
    return put.answer(
        request.without(OFFSET),
        now ->
            now != null
                ? new S3Exception(S3Error.INVALID_WRITE_OFFSET)
                : condition == null ? null : condition.refusal(null));
  }

  private static void check(
      S3Request request, ObjectRow before, long offset, @Nullable WriteCondition condition) {
    RefusalException refusal = condition == null ? null : condition.refusal(before);
    if (refusal != null) {
      throw refusal;
    }
    if (offset != before.getSize()) {
      throw new S3Exception(S3Error.INVALID_WRITE_OFFSET);
    }
    if (AppendedObject.partsOf(before).size() >= MOST_PARTS) {
      throw new S3Exception(S3Error.TOO_MANY_PARTS);
    }
    for (Map.Entry<String, String> header : request.headers()) {
      String name = header.getKey().toLowerCase(Locale.ROOT);
      if (name.startsWith(NewObject.METADATA) || describes(name)) {
        throw new S3Exception(
            S3Error.INVALID_REQUEST,
            "Cannot specify both a write offset value and user-defined object metadata for existing"
                + " objects.");
      }
    }
  }

  /** Whether the header would change more of the object than its bytes. */
  private static boolean describes(String name) {
    return name.equals("x-amz-tagging")
        || name.equals("x-amz-acl")
        || name.equals(NewObject.REDIRECT)
        || name.startsWith("x-amz-grant-")
        || name.startsWith("x-amz-object-lock-");
  }

  private static BodyClaims claims(S3Request request, ObjectRow before) {
    ChecksumAlgorithm there = ChecksumAlgorithm.named(before.getChecksum().getAlgorithm());
    BodyClaims claims = BodyReceiver.claims(request, there);
    ChecksumAlgorithm given = claims.algorithm();
    if (there != null && given != null && given != there) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST,
          "Checksum Type mismatch occurred, expected checksum Type: "
              + there.name().toLowerCase(Locale.ROOT)
              + ", actual checksum Type: "
              + given.name().toLowerCase(Locale.ROOT));
    }
    if (claims.length() == 0) {
      throw new S3Exception(
          S3Error.INVALID_REQUEST,
          "Request body cannot be empty when 'write offset' is specified.");
    }
    if (before.getSize() + claims.length() > MOST_OBJECT_BYTES) {
      throw new S3Exception(S3Error.ENTITY_TOO_LARGE);
    }
    return claims;
  }

  private ObjectRow extend(
      S3Request request,
      Bucket bucket,
      ObjectRow first,
      BodyReceiver.ReceivedBody received,
      ObjectEncryption sealing,
      @Nullable WriteCondition condition) {
    var further = new ArrayList<Segment>();
    Segment segment = received.segment();
    if (segment != null) {
      if (!first.getInlineData().isEmpty()) {
        var owner = ChunkOwner.object(bucket.shardOf(request.keyBytes()), request.keyBytes());
        further.add(receiver.in(bucket).moved(first.getInlineData(), owner));
      }
      further.add(segment);
    }
    ObjectRow before = first;
    for (int i = 0; i < MOST_TRIES; i++) {
      ObjectRow next = next(before, received, sealing, further);
      if (new ObjectExtension(store.objects())
          .extend(bucket, request.key(), before, next, further)) {
        return next;
      }
      StoredObject now = store.objects().read(bucket, request.key());
      RefusalException refusal =
          condition == null ? null : condition.refusal(now == null ? null : now.row());
      if (refusal != null || now == null || !sameBytes(now.row(), first)) {
        store.blobs().release(further);
        throw refusal == null ? new S3Exception(S3Error.INVALID_WRITE_OFFSET) : refusal;
      }
      before = now.row();
    }
    store.blobs().release(further);
    throw new S3Exception(S3Error.SLOW_DOWN);
  }

  private static boolean sameBytes(ObjectRow one, ObjectRow other) {
    return one.getEtag().equals(other.getEtag())
        && one.getSegmentsList().equals(other.getSegmentsList())
        && one.getInlineData().equals(other.getInlineData())
        && one.getEncryption().equals(other.getEncryption());
  }

  private ObjectRow next(
      ObjectRow before,
      BodyReceiver.ReceivedBody received,
      ObjectEncryption sealing,
      List<Segment> further) {
    Checksum checksum = received.checksum();
    PartInfo.Builder part =
        PartInfo.newBuilder()
            .setSize(received.digested().sizeBytes())
            .setEtag(sealing.etag(received.digested().etag()));
    if (checksum != null) {
      part.setChecksum(checksum.getValue());
    }
    ObjectRow.Builder row =
        AppendedObject.row(before, part.build())
            .setModifiedMicros(store.rows().wallMicros())
            .clearRenamed()
            .clearRestoredUntilMicros();
    if (further.isEmpty()) {
      row.setInlineData(before.getInlineData().concat(received.inline()));
    } else {
      row.clearInlineData().addAllSegments(further);
    }
    if (received.sealed() != null) {
      row.getEncryptionBuilder().addStreams(received.sealed());
    }
    return row.build();
  }
}
