package rondo.s3.copy;

import com.google.protobuf.ByteString;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.PayloadMode;
import rondo.s3.body.BodyClaims;
import rondo.s3.body.BodyDigests;
import rondo.s3.body.BodySummary;
import rondo.s3.body.ChecksumAlgorithm;
import rondo.s3.encryption.ObjectDecryption;
import rondo.s3.encryption.ObjectEncryption;
import rondo.s3.encryption.StreamEncryption;
import rondo.s3.object.BodyReceiver;
import rondo.s3.object.ByteRange;
import rondo.storage.chunk.ChunkOwner;
import rondo.store.blob.BlobStore;
import rondo.store.blob.BlobWriter;

/**
 * Copies bytes where a copy can't share the source's blobs: it takes only a range, or needs another
 * data key or number of replicas. The bytes stream through; no object is held whole.
 *
 * @param mostInlineBytes the largest copy that is stored in its row instead of a blob
 */
public record ByteCopy(BlobStore blobs, ChunkOwner owner, int mostInlineBytes) {
  /**
   * Copies a range. When it throws, it leaves nothing of the copy behind.
   *
   * @param algorithm of the checksum that the copy gets; null for none
   */
  public BodyReceiver.ReceivedBody copy(
      ObjectDecryption from,
      ByteRange range,
      @Nullable ChecksumAlgorithm algorithm,
      ObjectEncryption sealing) {
    BodyDigests digests = digests(range.length(), algorithm);
    StreamEncryption stream = sealing.stream(range.length());
    if (range.length() <= mostInlineBytes) {
      Buffer all = Buffer.buffer((int) stream.storedBytes());
      read(from, range, digests, stream.into(all::appendBuffer));
      return new BodyReceiver.ReceivedBody(
          digests.finish(Map.of()), ByteString.copyFrom(all.getBytes()), null, stream.row());
    }
    BlobWriter writer = blobs.create(owner.encode(), stream.storedBytes());
    boolean whole = false;
    try {
      read(from, range, digests, kept(stream, writer::write));
      var received =
          new BodyReceiver.ReceivedBody(
              digests.finish(Map.of()), ByteString.EMPTY, writer.finish(), stream.row());
      whole = true;
      return received;
    } finally {
      if (!whole) {
        writer.abort();
      }
    }
  }

  /**
   * Copies plain pieces, since they are only lent to the sink, which keeps them; encryption copies
   * anyway.
   */
  private static Consumer<Buffer> kept(StreamEncryption stream, Consumer<Buffer> sink) {
    return stream.row() == null ? piece -> sink.accept(piece.copy()) : stream.into(sink);
  }

  private void read(
      ObjectDecryption from, ByteRange range, BodyDigests digests, Consumer<Buffer> sink) {
    from.read(
        blobs,
        range.offset(),
        range.length(),
        piece -> {
          digests.update(bytes(piece));
          sink.accept(piece);
        });
  }

  /** The digests of all of an object, whose bytes are read for them. */
  static BodySummary digests(
      BlobStore blobs, ObjectDecryption from, long size, @Nullable ChecksumAlgorithm algorithm) {
    BodyDigests digests = digests(size, algorithm);
    from.read(blobs, 0, size, piece -> digests.update(bytes(piece)));
    return digests.finish(Map.of());
  }

  private static BodyDigests digests(long size, @Nullable ChecksumAlgorithm algorithm) {
    return new BodyDigests(
        new BodyClaims(
            new PayloadMode.Unsigned(), size, null, algorithm, null, false, false, null));
  }

  /** A view of the bytes of {@code piece}. */
  private static ByteBuffer bytes(Buffer piece) {
    return ((BufferInternal) piece).getByteBuf().nioBuffer();
  }
}
