package rondo.gateway.s3.object;

import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.S3Response;

/** HeadObject: what GetObject would say. Thread-safe. */
public final class HeadObject {
  private final ObjectReader reader;

  public HeadObject(ObjectReader reader) {
    this.reader = reader;
  }

  public S3Response answer(S3Request request) {
    ObjectReader.ObjectRead read = reader.read(request);
    return read.head().header("Content-Length", Long.toString(read.selection().range().length()));
  }
}
