package rondo.server.console;

import io.vertx.core.http.HttpServerResponse;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.Identity;
import rondo.s3.auth.PayloadMode;
import rondo.s3.auth.SenderVerdict;
import rondo.s3.auth.SignedRequest;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.http.RequestFront;

/**
 * Has S3 answer the requests of a session, with the rights of its key. The first parameter of the
 * query is the path that S3 is asked for, percent-encoded once more: browsers take {@code ..} out
 * of paths, and keys may have it. Thread-safe.
 */
final class SessionFront implements RequestFront {
  /** The path of the console under which all this is. */
  static final String PATH = "/s3";

  private static final String PARAMETER = "path=";

  /**
   * Headers that are between browser and console. Without {@code Origin} no rule of a bucket opens
   * the answer to other pages; without {@code Host} no bucket is named by it.
   */
  private static final Set<String> DROPPED =
      Set.of(
          "host",
          "cookie",
          "origin",
          "authorization",
          "x-amz-content-sha256",
          "x-amz-security-token",
          PageOrigin.PROOF);

  private final ConsoleSessions sessions;
  private final SessionCookie cookie;
  private final PageOrigin origin;

  SessionFront(ConsoleSessions sessions, SessionCookie cookie, PageOrigin origin) {
    this.sessions = sessions;
    this.cookie = cookie;
    this.origin = origin;
  }

  @Override
  public SignedRequest head(SignedRequest sent) {
    String query = sent.rawQuery();
    int end = query.indexOf('&');
    String first = end < 0 ? query : query.substring(0, end);
    if (!first.startsWith(PARAMETER + "%2F")) {
      throw new S3Exception(S3Error.INVALID_URI);
    }
    String path = "/" + first.substring(PARAMETER.length() + 3);
    var headers = new ArrayList<Map.Entry<String, String>>();
    headers.add(Map.entry("host", "localhost"));
    sent.headers().stream()
        .filter(header -> !DROPPED.contains(header.getKey().toLowerCase(Locale.ROOT)))
        .forEach(headers::add);
    String rest = end < 0 ? "" : query.substring(end + 1);
    return new SignedRequest(sent.method(), slashed(path), rest, List.copyOf(headers));
  }

  /** The path with its first slash after the bucket, which the parameter has as %2F too. */
  private static String slashed(String path) {
    int slash = path.toUpperCase(Locale.ROOT).indexOf("%2F");
    return slash < 0 ? path : path.substring(0, slash) + "/" + path.substring(slash + 3);
  }

  @Override
  public SenderVerdict verify(SignedRequest sent, Instant now) {
    ConsoleSession session = sessions.find(cookie.read(sent));
    if (session == null) {
      return over("The session is over: sign in again.");
    }
    String why = origin.forged(sent, session, true);
    if (why != null) {
      return rejected("Refused: " + why + ".");
    }
    @Nullable Identity identity;
    try {
      identity = sessions.identity(session);
    } catch (S3Exception unknown) {
      return new SenderVerdict.Rejected(unknown.error(), unknown.message(), unknown.details());
    }
    if (identity == null) {
      return over("The session's access key was removed: sign in with another one.");
    }
    sessions.used(session);
    return new SenderVerdict.Verified(identity, new PayloadMode.Unsigned(), null);
  }

  /** By this code the page knows that it must ask for keys again. */
  private static SenderVerdict over(String why) {
    return new SenderVerdict.Rejected(S3Error.INVALID_TOKEN, why, Map.of());
  }

  private static SenderVerdict rejected(String why) {
    return new SenderVerdict.Rejected(S3Error.ACCESS_DENIED, why, Map.of());
  }

  @Override
  public void complete(HttpServerResponse response) {
    ConsoleHeaders.ofObject(response);
  }
}
