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
import rondo.s3.body.ChecksumAlgorithm;
import rondo.s3.body.PartChecksums;
import rondo.s3.body.RunningChecksum;
import rondo.s3.encryption.ObjectDecryption;
import rondo.s3.encryption.ObjectEncryption;
import rondo.s3.encryption.StreamEncryption;
import rondo.s3.object.BodyReceiver;
import rondo.s3.object.ByteRange;
import rondo.storage.chunk.ChunkOwner;
import rondo.store.blob.BlobStore;
import rondo.store.blob.BlobWriter;

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
      ObjectDecryption from,
      ByteRange range,
      @Nullable ChecksumAlgorithm algorithm,
      ObjectEncryption sealing) {
    var digests =
        new BodyDigests(
            new BodyClaims(
                new PayloadMode.Unsigned(), range.length(), null, algorithm, null, false, false));
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

  /** Where they stay plain, the pieces that are lent are those that are kept. */
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

  static String checksum(
      BlobStore blobs, ObjectDecryption from, long size, ChecksumAlgorithm algorithm) {
    RunningChecksum checksum = algorithm.start();
    from.read(blobs, 0, size, piece -> checksum.update(bytes(piece)));
    return PartChecksums.base64(checksum.value());
  }

  /** What {@code piece} holds, lent. */
  private static ByteBuffer bytes(Buffer piece) {
    return ((BufferInternal) piece).getByteBuf().nioBuffer();
  }
}
