package rondo.s3.request;

import org.jspecify.annotations.Nullable;
import rondo.s3.auth.Identity;
import rondo.s3.auth.PayloadMode;
import rondo.s3.auth.SenderVerdict;
import rondo.s3.auth.SigningContext;
import rondo.s3.error.S3Exception;

/**
 * The account that sent a request, as its signature proves.
 *
 * @param caller null when the request was not signed
 * @param payload how its body is signed and framed
 * @param signing the context from which the signatures of the body's chunks derive; null for none
 */
public record RequestSender(
    @Nullable Identity caller, PayloadMode payload, @Nullable SigningContext signing) {
  /** A request without a signature. */
  public static final RequestSender ANONYMOUS = anonymous(new PayloadMode.Unsigned());

  public static RequestSender anonymous(PayloadMode payload) {
    return new RequestSender(null, payload, null);
  }

  /** A caller that was authenticated by other means than the request's own signature. */
  public static RequestSender trusted(@Nullable Identity caller) {
    return new RequestSender(caller, new PayloadMode.Unsigned(), null);
  }

  /**
   * The sender that a verdict on the signature gives.
   *
   * @throws S3Exception when the verdict rejects the signature
   */
  public static RequestSender of(SenderVerdict verdict) {
    return switch (verdict) {
      case SenderVerdict.Rejected rejected -> throw rejected.toException();
      case SenderVerdict.Verified v -> new RequestSender(v.identity(), v.payload(), v.signing());
      case SenderVerdict.Anonymous(PayloadMode payload) -> anonymous(payload);
    };
  }
}
