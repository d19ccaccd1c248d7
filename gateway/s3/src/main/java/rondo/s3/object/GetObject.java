package rondo.s3.object;

import rondo.metadata.rows.ObjectRow;
import rondo.s3.encryption.ObjectDecryption;
import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;
import rondo.store.blob.BlobStore;

/** GetObject. Thread-safe. */
public final class GetObject {
  private final ObjectReader reader;
  private final BlobStore blobs;

  public GetObject(ObjectReader reader, BlobStore blobs) {
    this.reader = reader;
    this.blobs = blobs;
  }

  public S3Response answer(S3Request request) {
    ObjectReader.ObjectRead read = reader.read(request);
    ArchivedObjects.requireReadable(read.row(), request.received());
    return read.head().with(content(read.row(), read.opening().unlock(), read.selection().range()));
  }

  private S3Response.Content content(ObjectRow row, ObjectDecryption opening, ByteRange range) {
    return row.getSegmentsCount() == 0
        ? new S3Response.Content.Bytes(opening.inline(blobs, range.offset(), range.length()))
        : new S3Response.Content.Stream(
            range.length(), sink -> opening.read(blobs, range.offset(), range.length(), sink));
  }
}
