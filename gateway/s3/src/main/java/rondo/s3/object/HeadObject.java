package rondo.s3.object;

import rondo.s3.request.S3Request;
import rondo.s3.request.S3Response;

/** HeadObject: the head of GetObject's answer. Thread-safe. */
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
