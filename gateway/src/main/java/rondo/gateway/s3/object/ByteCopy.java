package rondo.gateway.s3.object;

import com.google.protobuf.ByteString;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import rondo.gateway.auth.PayloadMode;
import rondo.gateway.blob.BlobStore;
import rondo.gateway.blob.BlobWriter;
import rondo.gateway.body.BodyClaims;
import rondo.gateway.body.ChecksumAlgorithm;
import rondo.gateway.body.Checksums;
import rondo.gateway.body.Digests;
import rondo.gateway.body.RunningChecksum;
import rondo.gateway.s3.encryption.Opening;
import rondo.gateway.s3.encryption.Sealing;
import rondo.gateway.s3.encryption.StreamSealing;
import rondo.storage.extent.ChunkOwner;

/**
 * Copies bytes where a copy can't share them: only some are wanted, or they are to be under another
 * key. They stream through; nothing is held whole.
 *
 * @param mostInlineBytes up to so many go into the row
 */
public record ByteCopy(BlobStore blobs, ChunkOwner owner, int mostInlineBytes) {
  /**
   * Copies a range. When it throws, nothing is left of the copy.
   *
   * @param algorithm of the checksum that the copy is to have; null for none
   */
  public BodyReceiver.ReceivedBody copy(
      Opening from, ByteRange range, @Nullable ChecksumAlgorithm algorithm, Sealing sealing) {
    var digests =
        new Digests(
            new BodyClaims(
                new PayloadMode.Unsigned(), range.length(), null, algorithm, null, false));
    StreamSealing stream = sealing.stream(range.length());
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

  /** Where they stay plain, the pieces that are lent are those that are kept. */
  private static Consumer<Buffer> kept(StreamSealing stream, Consumer<Buffer> sink) {
    return stream.row() == null ? piece -> sink.accept(piece.copy()) : stream.into(sink);
  }

  private void read(Opening from, ByteRange range, Digests digests, Consumer<Buffer> sink) {
    from.read(
        blobs,
        range.offset(),
        range.length(),
        piece -> {
          digests.update(bytes(piece));
          sink.accept(piece);
        });
  }

  static String checksum(BlobStore blobs, Opening from, long size, ChecksumAlgorithm algorithm) {
    RunningChecksum checksum = algorithm.start();
    from.read(blobs, 0, size, piece -> checksum.update(bytes(piece)));
    return Checksums.base64(checksum.value());
  }

  /** What {@code piece} holds, lent. */
  private static ByteBuffer bytes(Buffer piece) {
    return ((BufferInternal) piece).getByteBuf().nioBuffer();
  }
}
