package rondo.s3.logging;

import rondo.s3.request.Operation;
import rondo.s3.request.S3Request;

/**
 * The facts of one answered request for the access log.
 *
 * @param errorCode code of the refusal; empty for a success
 * @param bytesSent bytes of the answer's body
 * @param objectSizeBytes -1 when the request is about no object or its size isn't known
 * @param version version id of the object; empty for none
 */
public record AccessEntry(
    S3Request request,
    Operation operation,
    int status,
    String errorCode,
    long bytesSent,
    long objectSizeBytes,
    Durations durations,
    String version) {
  /**
   * The time that a request took.
   *
   * @param totalMillis from the request's head to the end of the answer
   * @param turnAroundMillis from the request's head until the answer was ready to be sent
   */
  public record Durations(long totalMillis, long turnAroundMillis) {}
}
