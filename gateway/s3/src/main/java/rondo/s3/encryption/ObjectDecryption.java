package rondo.s3.encryption;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.SealedStream;
import rondo.s3.crypt.DataKey;
import rondo.s3.crypt.RangeOpener;
import rondo.s3.crypt.SealedFrames;
import rondo.s3.crypt.SealedRange;
import rondo.s3.crypt.TamperedException;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.store.blob.BlobSink;
import rondo.store.blob.BlobStore;

/**
 * Decrypts one object, for a reader who has presented the customer's key if the object has one.
 * Used by one thread.
 */
public final class ObjectDecryption {
  private static final Logger log = LoggerFactory.getLogger(ObjectDecryption.class);

  private final ObjectRow row;
  private final Map<String, String> headers;
  private final @Nullable Supplier<DataKey> unwrap;
  private @Nullable DataKey key;

  /**
   * @param unwrap fetches the data key; null when the bytes are plain
   */
  ObjectDecryption(ObjectRow row, Map<String, String> headers, @Nullable Supplier<DataKey> unwrap) {
    this.row = row;
    this.headers = headers;
    this.unwrap = unwrap;
  }

  /** The answer's headers about the encryption. */
  public Map<String, String> headers() {
    return headers;
  }

  /**
   * Unwraps the data key now, while a failure can still be answered by an error.
   *
   * @throws S3Exception KMS.NotFoundException, AccessDenied, ServiceUnavailable, InternalError
   */
  public ObjectDecryption unlock() {
    if (unwrap != null && key == null) {
      key = unwrap.get();
    }
    return this;
  }

  /** The ETag of a copy that shares the bytes and their key ({@link ObjectEncryption#etag}). */
  public String etag(String md5) {
    return new ObjectEncryption(row.getEncryption(), unlock().key, headers).etag(md5);
  }

  /** The bytes of an object that is in its row. */
  public Buffer inline(BlobStore blobs, long offset, long length) {
    Buffer all = Buffer.buffer((int) length);
    read(blobs, offset, length, all::appendBuffer);
    return all;
  }

  /**
   * Passes {@code length} plain bytes from {@code offset} on to the sink, from the row or from
   * blobs.
   *
   * @throws S3Exception InternalError when the stored bytes aren't the ones that were written; the
   *     bytes that the sink got until then are right
   */
  public void read(BlobStore blobs, long offset, long length, BlobSink sink) {
    if (length == 0) {
      return;
    }
    unlock();
    DataKey unlocked = key;
    if (unlocked == null) {
      stored(blobs, offset, length, sink);
      return;
    }
    try {
      List<SealedStream> streams = row.getEncryption().getStreamsList();
      SealedRange range = SealedRange.of(streams, offset, length);
      RangeOpener opener = range.opener(unlocked, piece -> sink.write(buffer(piece)));
      DataKey outer = unlocked.outer();
      if (outer == null) {
        open(blobs, range, opener, sink);
      } else {
        List<SealedStream> around = streams.stream().map(SealedFrames::around).toList();
        SealedRange sealed = SealedRange.of(around, range.sealedOffset(), range.sealedLength());
        open(blobs, sealed, sealed.opener(outer, opener::update), sink);
      }
      opener.finish();
    } catch (TamperedException tampered) {
      log.error(
          "an object of {} bytes can't be decrypted: {}", row.getSize(), tampered.getMessage());
      throw new S3Exception(S3Error.INTERNAL_ERROR);
    }
  }

  /** Passes the frames of a range to their opener. */
  private void open(BlobStore blobs, SealedRange range, RangeOpener opener, BlobSink sink) {
    stored(
        blobs,
        range.sealedOffset(),
        range.sealedLength(),
        BlobSink.before(
            sink, piece -> opener.update(((BufferInternal) piece).getByteBuf().nioBuffer())));
    opener.finish();
  }

  /** Passes the bytes on as they are stored, from the row or from blobs. */
  private void stored(BlobStore blobs, long offset, long length, BlobSink sink) {
    if (row.getSegmentsCount() > 0) {
      blobs.read(row.getSegmentsList(), offset, length, sink);
      return;
    }
    ByteBuffer data = row.getInlineData().asReadOnlyByteBuffer();
    if (data.remaining() < offset + length) {
      throw new TamperedException("an object's row holds " + data.remaining() + " bytes");
    }
    sink.write(buffer(data.slice((int) offset, (int) length)));
  }

  private static Buffer buffer(ByteBuffer bytes) {
    return BufferInternal.buffer(Unpooled.wrappedBuffer(bytes));
  }
}
