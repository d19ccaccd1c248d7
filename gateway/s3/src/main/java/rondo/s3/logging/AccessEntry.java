package rondo.s3.logging;

import rondo.s3.request.Operation;
import rondo.s3.request.S3Request;

/**
 * What is known of a request when it has been answered.
 *
 * @param errorCode empty when it wasn't refused
 * @param bytesSent of the answer's body
 * @param objectSizeBytes -1 when it is about no object
 * @param version of the object; empty for none
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
   * How long a request took.
   *
   * @param totalMillis from its head to the end of the answer
   * @param turnAroundMillis until the answer was known
   */
  public record Durations(long totalMillis, long turnAroundMillis) {}
}
