package rondo.s3.object;

import com.google.protobuf.ByteString;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Checksum;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.SealedStream;
import rondo.metadata.rows.Segment;
import rondo.s3.body.BodyClaims;
import rondo.s3.body.BodySummary;
import rondo.s3.body.ChecksumAlgorithm;
import rondo.s3.encryption.ObjectEncryption;
import rondo.s3.encryption.StreamEncryption;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.BodyReader;
import rondo.s3.request.S3Request;
import rondo.storage.chunk.ChunkOwner;
import rondo.store.blob.BlobStore;
import rondo.store.blob.BlobWriter;
import rondo.store.row.Bucket;

/** Receives a body: a small one into memory, a large one into a blob. Thread-safe. */
public final class BodyReceiver {
  /** Largest body that is kept in the row. A row costs one sync, a chunk two. */
  public static final int MOST_INLINE_BYTES = 16 * 1024;

  /** Largest object that one request makes, and largest part, in bytes. */
  public static final long MOST_BYTES = 5L << 30;

  private final BlobStore blobs;

  public BodyReceiver(BlobStore blobs) {
    this.blobs = blobs;
  }

  /** A receiver whose blobs are received when they have the bucket's number of copies. */
  public BodyReceiver in(Bucket bucket) {
    return new BodyReceiver(bucket.blobs(blobs));
  }

  /**
   * A body that arrived whole and matches the claims of its headers.
   *
   * @param inline the whole body, as stored; empty when there is a segment
   * @param segment the durable blob; null when the body is inline
   * @param sealed the stream's encryption, needed to read it; null for a plain or empty body
   */
  public record ReceivedBody(
      BodySummary digested,
      ByteString inline,
      @Nullable Segment segment,
      @Nullable SealedStream sealed) {
    /** Sets the row's size, ETag, encryption, bytes and checksum. */
    public void into(ObjectRow.Builder row, ObjectEncryption sealing) {
      row.setSize(digested.sizeBytes()).setEtag(sealing.etag(digested.etag()));
      sealing.mark(row, sealed);
      if (segment == null) {
        row.setInlineData(inline);
      } else {
        row.addSegments(segment);
      }
      Checksum checksum = checksum();
      if (checksum != null) {
        row.setChecksum(checksum);
      }
    }

    /** The checksum for the row; null for none. */
    public @Nullable Checksum checksum() {
      String value = digested.checksumBase64();
      return value == null || digested.algorithm() == null
          ? null
          : Checksum.newBuilder().setAlgorithm(digested.algorithm().name()).setValue(value).build();
    }
  }

  /**
   * The claims of a body, with a CRC64NVME where the client names no checksum.
   *
   * @throws S3Exception MissingContentLength, EntityTooLarge, InvalidDigest, InvalidRequest
   */
  public static BodyClaims claims(S3Request request) {
    return claims(request, ChecksumAlgorithm.CRC64NVME);
  }

  /**
   * The claims of a body that {@link #receive} can take.
   *
   * @param fallback the checksum to compute when the client names none; null for none
   * @throws S3Exception MissingContentLength, EntityTooLarge, InvalidDigest, InvalidRequest
   */
  public static BodyClaims claims(S3Request request, @Nullable ChecksumAlgorithm fallback) {
    BodyClaims claims =
        BodyClaims.ofData(request.wire(), request.payload(), fallback).requireLength();
    if (claims.length() > MOST_BYTES) {
      var details = new LinkedHashMap<String, String>();
      details.put("ProposedSize", Long.toString(claims.length()));
      details.put("MaxSizeAllowed", Long.toString(MOST_BYTES));
      throw new S3Exception(S3Error.ENTITY_TOO_LARGE, S3Error.ENTITY_TOO_LARGE.message(), details);
    }
    return claims;
  }

  /**
   * Receives the body; blocks. When it throws, nothing is left of the body.
   *
   * @param owner the row that will name the blob
   */
  public ReceivedBody receive(
      S3Request request, BodyClaims claims, ChunkOwner owner, ObjectEncryption sealing) {
    return receive(request, claims, owner, sealing, MOST_INLINE_BYTES);
  }

  /** Receives the body, which stays in the row up to {@code mostInlineBytes}; blocks. */
  ReceivedBody receive(
      S3Request request,
      BodyClaims claims,
      ChunkOwner owner,
      ObjectEncryption sealing,
      long mostInlineBytes) {
    StreamEncryption stream = sealing.stream(claims.length());
    if (claims.length() > mostInlineBytes) {
      return blob(request, claims, owner, stream);
    }
    Buffer all = Buffer.buffer((int) stream.storedBytes());
    BodySummary digested = BodyReader.receive(request, claims, stream.into(all::appendBuffer));
    return new ReceivedBody(digested, ByteString.copyFrom(all.getBytes()), null, stream.row());
  }

  /** Writes bytes that a row holds into a blob, as they are stored. */
  Segment moved(ByteString stored, ChunkOwner owner) {
    BlobWriter writer = blobs.create(owner.encode(), stored.size());
    boolean whole = false;
    try {
      writer.write(Buffer.buffer(stored.toByteArray()));
      Segment segment = writer.finish();
      whole = true;
      return segment;
    } finally {
      if (!whole) {
        writer.abort();
      }
    }
  }

  private ReceivedBody blob(
      S3Request request, BodyClaims claims, ChunkOwner owner, StreamEncryption stream) {
    BlobWriter writer = blobs.create(owner.encode(), stream.storedBytes());
    boolean whole = false;
    try {
      BodySummary digested = BodyReader.receive(request, claims, stream.into(writer::write));
      Segment segment = writer.finish();
      whole = true;
      return new ReceivedBody(digested, ByteString.EMPTY, segment, stream.row());
    } finally {
      if (!whole) {
        writer.abort();
      }
    }
  }
}
