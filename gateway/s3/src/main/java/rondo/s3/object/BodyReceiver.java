package rondo.s3.object;

import com.google.protobuf.ByteString;
import io.vertx.core.buffer.Buffer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.Supplier;
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
   * @param tail the bytes behind the segment; null for none
   */
  public record ReceivedBody(
      BodySummary digested,
      ByteString inline,
      @Nullable Segment segment,
      @Nullable SealedStream sealed,
      @Nullable BodyTail tail) {
    /** A body without a tail. */
    public ReceivedBody(
        BodySummary digested,
        ByteString inline,
        @Nullable Segment segment,
        @Nullable SealedStream sealed) {
      this(digested, inline, segment, sealed, null);
    }

    /** Sets the row's size, ETag, encryption, bytes and checksum. */
    public void into(ObjectRow.Builder row, ObjectEncryption sealing) {
      row.setSize(digested.sizeBytes()).setEtag(sealing.etag(digested.etag()));
      sealing.mark(row, sealed);
      if (segment == null) {
        row.setInlineData(inline);
      } else {
        row.addSegments(segment);
      }
      if (tail != null) {
        tail.into(row);
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
   * The last bytes of a body, whose number was known only when they had come. They have a blob of
   * their own.
   *
   * @param sealed null for plain bytes
   */
  public record BodyTail(Segment segment, @Nullable SealedStream sealed) {
    private void into(ObjectRow.Builder row) {
      row.addSegments(segment);
      if (sealed != null) {
        row.getEncryptionBuilder().addStreams(sealed);
      }
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
    long uncertain = request.body().uncertainBytes();
    if (uncertain > 0) {
      return withTail(request, claims, owner, sealing, claims.length() - uncertain);
    }
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
    return written(
        writer,
        () -> {
          writer.write(Buffer.buffer(stored.toByteArray()));
          return writer.finish();
        });
  }

  private ReceivedBody blob(
      S3Request request, BodyClaims claims, ChunkOwner owner, StreamEncryption stream) {
    BlobWriter writer = blobs.create(owner.encode(), stream.storedBytes());
    return written(
        writer,
        () -> {
          BodySummary digested = BodyReader.receive(request, claims, stream.into(writer::write));
          return new ReceivedBody(digested, ByteString.EMPTY, writer.finish(), stream.row());
        });
  }

  /** Receives a body that has {@code sureBytes} bytes, and perhaps a few more. */
  private ReceivedBody withTail(
      S3Request request,
      BodyClaims claims,
      ChunkOwner owner,
      ObjectEncryption sealing,
      long sureBytes) {
    StreamEncryption stream = sealing.stream(sureBytes);
    Buffer last = Buffer.buffer();
    BlobWriter writer = blobs.create(owner.encode(), stream.storedBytes());
    ReceivedBody sure =
        written(
            writer,
            () -> {
              var split = new SplitSink(sureBytes, stream.into(writer::write), last);
              BodySummary digested = BodyReader.receive(request, claims.ofAnyLength(), split);
              return new ReceivedBody(digested, ByteString.EMPTY, writer.finish(), stream.row());
            });
    if (last.length() == 0) {
      return sure;
    }
    BodyTail tail = null;
    try {
      tail = tail(last, owner, sealing.stream(last.length()));
      return new ReceivedBody(
          sure.digested(), ByteString.EMPTY, sure.segment(), sure.sealed(), tail);
    } finally {
      if (tail == null) {
        blobs.release(List.of(Objects.requireNonNull(sure.segment())));
      }
    }
  }

  private BodyTail tail(Buffer last, ChunkOwner owner, StreamEncryption stream) {
    BlobWriter writer = blobs.create(owner.encode(), stream.storedBytes());
    return written(
        writer,
        () -> {
          stream.into(writer::write).accept(last);
          return new BodyTail(writer.finish(), stream.row());
        });
  }

  /** Passes the first bytes on, and holds the others. */
  private static final class SplitSink implements Consumer<Buffer> {
    private final Consumer<Buffer> first;
    private final Buffer held;
    private long left;

    SplitSink(long firstBytes, Consumer<Buffer> first, Buffer held) {
      this.left = firstBytes;
      this.first = first;
      this.held = held;
    }

    @Override
    public void accept(Buffer piece) {
      int own = (int) Math.min(left, piece.length());
      left -= own;
      if (own > 0) {
        first.accept(own == piece.length() ? piece : piece.slice(0, own));
      }
      if (own < piece.length()) {
        held.appendBuffer(piece, own, piece.length() - own);
      }
    }
  }

  /** The result of the writing, or nothing that is left of the blob. */
  private static <T> T written(BlobWriter writer, Supplier<T> writing) {
    boolean whole = false;
    try {
      T written = writing.get();
      whole = true;
      return written;
    } finally {
      if (!whole) {
        writer.abort();
      }
    }
  }
}
