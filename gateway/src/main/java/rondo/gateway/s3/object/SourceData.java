package rondo.gateway.s3.object;

import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import rondo.gateway.blob.BlobSink;
import rondo.gateway.blob.BlobStore;
import rondo.gateway.body.ChecksumAlgorithm;
import rondo.gateway.body.Checksums;
import rondo.gateway.body.RunningChecksum;
import rondo.metadata.rows.ObjectRow;

/** The bytes of an object that is copied from. */
public final class SourceData {
  private SourceData() {}

  /** Gives {@code length} bytes from {@code offset} on, wherever they are. */
  public static void read(BlobStore blobs, ObjectRow row, long offset, long length, BlobSink sink) {
    if (length == 0) {
      return;
    }
    if (row.getSegmentsCount() > 0) {
      blobs.read(row.getSegmentsList(), offset, length, sink);
      return;
    }
    ByteBuffer data = row.getInlineData().asReadOnlyByteBuffer();
    sink.write(
        BufferInternal.buffer(Unpooled.wrappedBuffer(data.slice((int) offset, (int) length))));
  }

  /** What {@code piece} holds, lent. */
  public static ByteBuffer bytes(Buffer piece) {
    return ((BufferInternal) piece).getByteBuf().nioBuffer();
  }

  static String checksum(BlobStore blobs, ObjectRow row, ChecksumAlgorithm algorithm) {
    RunningChecksum checksum = algorithm.start();
    read(blobs, row, 0, row.getSize(), piece -> checksum.update(bytes(piece)));
    return Checksums.base64(checksum.value());
  }
}
