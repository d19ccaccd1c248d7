package rondo.s3.audit;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.Identity;
import rondo.s3.request.Operation;
import rondo.s3.request.S3Request;

/**
 * One audited request.
 *
 * @param id as its answer names it
 * @param operation by its constant, such as {@code PUT_BUCKET_POLICY}
 * @param key of the object; empty for none
 * @param outcome what became of it
 */
public record AuditedRequest(
    String id, Operation operation, Sender sender, String bucket, String key, Outcome outcome) {
  /**
   * Who sent it.
   *
   * @param account its name; empty for an anonymous sender
   * @param accountId its canonical id; empty for an anonymous sender
   * @param accessKey which signed the request; empty for none
   * @param address numeric IP address
   */
  public record Sender(String account, String accountId, String accessKey, String address) {}

  /**
   * What became of a request.
   *
   * @param status of the answer; 0 before there is one
   * @param errorCode of S3; empty for a success
   * @param why the rule that decided, in words; empty where none was asked
   */
  public record Outcome(int status, String errorCode, String why) {
    /** Nothing yet. */
    public static final Outcome NONE = new Outcome(0, "", "");
  }

  /** An authenticated or anonymous request. */
  public static AuditedRequest of(S3Request request, Operation operation, Outcome outcome) {
    @Nullable Identity caller = request.caller();
    var sender =
        caller == null
            ? new Sender("", "", "", request.client().address())
            : new Sender(
                caller.displayName(),
                caller.accountId(),
                caller.accessKey(),
                request.client().address());
    return new AuditedRequest(
        request.id(),
        operation,
        sender,
        Objects.requireNonNullElse(request.address().bucket(), ""),
        Objects.requireNonNullElse(request.address().key(), ""),
        outcome);
  }
}
