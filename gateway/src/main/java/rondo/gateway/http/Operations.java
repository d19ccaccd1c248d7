package rondo.gateway.http;

import rondo.gateway.blob.BlobStore;
import rondo.gateway.s3.Operation;
import rondo.gateway.s3.S3Error;
import rondo.gateway.s3.S3Exception;
import rondo.gateway.s3.S3Request;
import rondo.gateway.s3.S3Response;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.port.Time;

/** Every operation that is there, and who answers it. Thread-safe. */
final class Operations {
  Operations(GatewaySettings settings, Coordinator coordinator, Time time, BlobStore blobs) {}

  /**
   * Answers; blocks.
   *
   * @throws S3Exception the refusal to answer with
   */
  S3Response answer(Operation operation, S3Request request) {
    if (operation == Operation.UNKNOWN) {
      throw new S3Exception(S3Error.METHOD_NOT_ALLOWED);
    }
    throw S3Exception.notImplemented(operation + " of " + request.address());
  }
}
