package rondo.server.admin;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.Authenticator;
import rondo.s3.auth.Identity.AdminRole;
import rondo.s3.auth.PayloadMode;
import rondo.s3.auth.SenderVerdict;
import rondo.s3.auth.SigningContext;
import rondo.s3.error.S3Error;
import rondo.server.api.ApiAnswer;
import rondo.server.api.ApiError;

/**
 * Decides whether a request may use the admin API. Its signature stands in the Authorization
 * header, names the service {@code rondo} and covers the body; a request that changes something is
 * taken once by a node; and the sender has a role. Thread-safe; bounded.
 */
final class AdminAccess {
  /** A signature counts for a quarter of an hour before and after its time. */
  private static final Duration REPLAYABLE = Duration.ofMinutes(31);

  private static final int MOST_REMEMBERED = 10_000;

  private final Authenticator authenticator;
  private final Map<String, Instant> taken = new LinkedHashMap<>();

  /**
   * @param authenticator for the service {@code rondo}
   */
  AdminAccess(Authenticator authenticator) {
    this.authenticator = authenticator;
  }

  /**
   * The refusal of the request; null when it may be answered.
   *
   * @param least the role that it needs
   * @param old whether it came by a path of the time before there were versions, when a request
   *     without a signature was forbidden like others
   */
  @Nullable ApiAnswer refusal(AdminRequest request, AdminRole least, boolean old, Instant now) {
    if (request.signed().header("authorization") == null) {
      return unknown(
          old ? 403 : 401,
          "sign the request in its Authorization header, for the service rondo: links that are"
              + " signed in their query are for S3",
          old ? "Forbidden" : "NotAuthenticated");
    }
    return switch (authenticator.verify(request.signed(), now)) {
      case SenderVerdict.Anonymous nobody ->
          unknown(old ? 403 : 401, "sign the request", "NotAuthenticated");
      case SenderVerdict.Rejected rejected ->
          unknown(
              old ? rejected.error().status() : 401, explained(rejected), rejected.error().code());
      case SenderVerdict.Verified verified -> {
        String why = refusal(request, verified, least, now);
        yield why == null ? null : ApiAnswer.refused(403, why);
      }
    };
  }

  private static ApiAnswer unknown(int status, String why, String code) {
    Map<String, String> headers =
        status == 401 ? Map.of("WWW-Authenticate", "AWS4-HMAC-SHA256") : Map.of();
    return new ApiAnswer(status, new ApiError(code, why, ""), headers, () -> {});
  }

  private static String explained(SenderVerdict.Rejected rejected) {
    boolean otherService =
        rejected.error() == S3Error.AUTHORIZATION_HEADER_MALFORMED
            && rejected.message().contains("incorrect service");
    return otherService
        ? rejected.message()
            + " Signatures for S3 don't count in the admin API, nor do those of rondo commands of"
            + " older releases."
        : rejected.message();
  }

  private @Nullable String refusal(
      AdminRequest request, SenderVerdict.Verified verified, AdminRole least, Instant now) {
    if (!(verified.payload() instanceof PayloadMode.Literal(String sha256))) {
      return "the signature has to cover the body: send its SHA-256 as x-amz-content-sha256";
    }
    if (!sha256.equals(request.sha256())) {
      return "the body isn't the one that was signed";
    }
    AdminRole role = verified.identity().role();
    if (role.compareTo(least) < 0) {
      return role == AdminRole.NONE
          ? "only root and users with a role may do this"
          : "only administrators may do this";
    }
    SigningContext signing = verified.signing();
    boolean reads = request.method().equals("GET");
    return reads || signing == null || isFirst(signing.seedSignature(), now)
        ? null
        : "this very request has been answered already: sign it anew";
  }

  /** Whether the signature is seen for the first time. Forgets those that have run out. */
  private synchronized boolean isFirst(String signature, Instant now) {
    Instant old = now.minus(REPLAYABLE);
    taken.values().removeIf(then -> then.isBefore(old));
    if (taken.size() >= MOST_REMEMBERED) {
      taken.remove(taken.keySet().iterator().next());
    }
    return taken.putIfAbsent(signature, now) == null;
  }
}
