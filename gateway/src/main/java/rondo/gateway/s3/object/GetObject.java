package rondo.gateway.s3.object;

import io.netty.buffer.Unpooled;
import io.vertx.core.internal.buffer.BufferInternal;
import rondo.gateway.blob.BlobStore;
import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.S3Response;
import rondo.metadata.rows.ObjectRow;

/** GetObject. Thread-safe. */
public final class GetObject {
  private final ObjectReader reader;
  private final BlobStore blobs;

  public GetObject(ObjectReader reader, BlobStore blobs) {
    this.reader = reader;
    this.blobs = blobs;
  }

  public S3Response answer(S3Request request) {
    ObjectReader.Read read = reader.read(request);
    return read.head().with(content(read.row(), read.selection().range()));
  }

  private S3Response.Content content(ObjectRow row, ByteRange range) {
    if (row.getSegmentsCount() == 0) {
      int from = (int) range.offset();
      var bytes = row.getInlineData().substring(from, from + (int) range.length());
      return new S3Response.Content.Bytes(
          BufferInternal.buffer(Unpooled.wrappedBuffer(bytes.asReadOnlyByteBuffer())));
    }
    return new S3Response.Content.Stream(
        range.length(),
        sink -> blobs.read(row.getSegmentsList(), range.offset(), range.length(), sink));
  }
}
