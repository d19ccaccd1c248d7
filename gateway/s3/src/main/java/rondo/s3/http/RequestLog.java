package rondo.s3.http;

import org.jspecify.annotations.Nullable;
import rondo.s3.logging.AccessEntry;
import rondo.s3.request.Operation;
import rondo.s3.request.Operation.OtherOperation;
import rondo.s3.request.S3Request;
import rondo.store.row.Session;

/**
 * Collects the facts of one exchange for the access log: its request, operation, refusal and
 * durations. Used by one thread.
 */
final class RequestLog {
  private final long startNanos = System.nanoTime();
  private @Nullable S3Request request;
  private Operation operation = OtherOperation.UNKNOWN;
  private String errorCode = "";
  private @Nullable Session session;
  private long answeredNanos = startNanos;

  void request(S3Request found, Operation named) {
    request = found;
    operation = named;
  }

  /** The session whose token goes with the answer, even if that is a refusal. */
  void session(@Nullable Session found) {
    session = found;
  }

  @Nullable String token() {
    return session == null ? null : session.token();
  }

  void refused(String code) {
    errorCode = code;
  }

  void answered() {
    answeredNanos = System.nanoTime();
  }

  /** Null when the request was refused before its sender and operation were known. */
  @Nullable S3Request request() {
    return request;
  }

  Operation operation() {
    return operation;
  }

  String errorCode() {
    return errorCode;
  }

  /** Milliseconds from the request's arrival until now, and until its answer was ready. */
  AccessEntry.Durations durations() {
    return new AccessEntry.Durations(
        (System.nanoTime() - startNanos) / 1_000_000, (answeredNanos - startNanos) / 1_000_000);
  }
}
