package rondo.s3.http;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rondo.s3.audit.AuditTrail;
import rondo.s3.audit.AuditedRequest;
import rondo.s3.auth.Identity;
import rondo.s3.logging.AccessEntry;
import rondo.s3.logging.EndedRequest;
import rondo.s3.request.Operation;
import rondo.s3.request.Operation.ObjectOperation;
import rondo.s3.request.Operation.OtherOperation;
import rondo.s3.request.S3Request;
import rondo.store.row.Session;
import rondo.store.trace.RequestPart;
import rondo.store.trace.RequestParts;

/**
 * Collects the facts of one exchange for the access log: its request, operation, refusal and
 * durations. Used by one thread.
 */
final class RequestLog {
  private static final double MILLION = 1e6;
  private final long startNanos = System.nanoTime();
  private @Nullable S3Request request;
  private Operation operation = OtherOperation.UNKNOWN;
  private String errorCode = "";
  private @Nullable Session session;
  private long answeredNanos = startNanos;
  private long senderNanos = startNanos;
  private @Nullable AuditTrail audit;
  private final @Nullable RequestParts parts;
  private final String traceParent;

  RequestLog() {
    this(null, "");
  }

  /**
   * @param parts collects what is asked of each node; null where that isn't wanted
   * @param traceParent the client's header; empty without one
   */
  RequestLog(@Nullable RequestParts parts, String traceParent) {
    this.parts = parts;
    this.traceParent = traceParent;
  }

  void request(S3Request found, Operation named) {
    request = found;
    senderNanos = System.nanoTime();
    operation = named;
  }

  /**
   * Tells the audit log that the request is about to be answered, if it is one to audit.
   *
   * @throws rondo.s3.error.S3Exception ServiceUnavailable where an entry is required and can't be
   *     written
   */
  void audits(AuditTrail trail) {
    S3Request asked = request;
    if (asked != null && trail.covers(operation, asked.address().bucket())) {
      trail.begins(AuditedRequest.of(asked, operation, AuditedRequest.Outcome.NONE));
      audit = trail;
    }
  }

  /** Tells the audit log what the answer is, if the request is one to audit. */
  void audit(int status) {
    S3Request asked = request;
    AuditTrail trail = audit;
    if (asked != null && trail != null) {
      var outcome = new AuditedRequest.Outcome(status, errorCode, asked.noted().decision());
      trail.ended(AuditedRequest.of(asked, operation, outcome));
    }
  }

  /** The session whose token goes with an answer that is no refusal. */
  void session(@Nullable Session found) {
    session = found;
  }

  /**
   * The token for an answer of that status; null for none. A refusal has none, and neither has a
   * website's redirect, which may stand for one: the token would tell whether the key that the
   * caller may not see exists, and when it was written.
   */
  @Nullable String token(int status) {
    boolean refused = status >= (operation == OtherOperation.WEBSITE ? 300 : 400);
    return session == null || refused ? null : session.token();
  }

  /** Whether an answer of that status gives an object's own bytes and type to a browser. */
  boolean givesObject(int status) {
    return operation == OtherOperation.WEBSITE
        || (operation == ObjectOperation.GET_OBJECT && status < 400);
  }

  void refused(String code) {
    errorCode = code;
  }

  /** The connection ended before the answer did. */
  void brokeOff() {
    errorCode = EndedRequest.BROKEN_OFF;
  }

  void answered() {
    answeredNanos = System.nanoTime();
  }

  /**
   * The parts of the time until now, as Server-Timing writes them: until the sender and the
   * operation were known, from then on, and of that what was asked of each node. Null unless an
   * administrator has asked for it by {@code x-rondo-timing: on}.
   */
  @Nullable String timing() {
    S3Request known = request;
    Identity caller = known == null ? null : known.caller();
    boolean wanted =
        known != null
            && caller != null
            && caller.role() == Identity.AdminRole.ADMINISTRATOR
            && "on".equalsIgnoreCase(known.header("x-rondo-timing"));
    return wanted
        ? String.format(
                Locale.ROOT,
                "sender;dur=%.3f, operation;dur=%.3f, answer;dur=%.3f",
                (senderNanos - startNanos) / MILLION,
                (answeredNanos - senderNanos) / MILLION,
                (answeredNanos - startNanos) / MILLION)
            + String.join("", parts().stream().map(RequestLog::metric).toList())
        : null;
  }

  private static String metric(RequestPart part) {
    return String.format(
        Locale.ROOT,
        ", %s;desc=\"%s%s\";dur=%.3f",
        part.name(),
        part.node(),
        part.ended() ? "" : " (not awaited)",
        (part.endNanos() - part.startNanos()) / MILLION);
  }

  private List<RequestPart> parts() {
    return parts == null ? List.of() : parts.list();
  }

  /** What metrics are told of the request, now that it has ended. */
  EndedRequest ended(String id, String target, int status, long receivedBytes, long sentBytes) {
    S3Request known = request;
    Identity caller = known == null ? null : known.caller();
    String bucket = known == null ? null : known.address().bucket();
    return new EndedRequest(
        operation,
        errorCode.equals(EndedRequest.BROKEN_OFF) ? 0 : status,
        errorCode,
        receivedBytes,
        sentBytes,
        new EndedRequest.Times(
            startNanos,
            System.nanoTime() - startNanos,
            senderNanos - startNanos,
            answeredNanos - startNanos,
            parts(),
            traceParent),
        new EndedRequest.Names(
            id,
            target,
            caller == null ? "" : caller.displayName(),
            Objects.requireNonNullElse(bucket, "")));
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
