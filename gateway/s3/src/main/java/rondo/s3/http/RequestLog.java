package rondo.s3.http;

import org.jspecify.annotations.Nullable;
import rondo.s3.logging.AccessEntry;
import rondo.s3.request.Operation;
import rondo.s3.request.Operation.OtherOperation;
import rondo.s3.request.S3Request;
import rondo.store.row.Session;

/**
 * What an exchange has found out about its request, and how it was refused: for the access log.
 * Used by one thread.
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

  /** Whose token goes with the answer, whatever that is. */
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

  /** Null when nobody could tell who asked for what. */
  @Nullable S3Request request() {
    return request;
  }

  Operation operation() {
    return operation;
  }

  String errorCode() {
    return errorCode;
  }

  /** Until now. */
  AccessEntry.Durations durations() {
    return new AccessEntry.Durations(
        (System.nanoTime() - startNanos) / 1_000_000, (answeredNanos - startNanos) / 1_000_000);
  }
}
