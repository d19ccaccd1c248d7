package rondo.server.console;

import org.jspecify.annotations.Nullable;
import rondo.s3.auth.Hashes;
import rondo.s3.auth.SignedRequest;

/**
 * Tells requests of the console's own pages from those that another page has a browser send.
 * Browsers say from where a request comes, in {@code Origin} and {@code Sec-Fetch-Site}, and pages
 * can't change that. What changes something, and each question, has to show the session's proof
 * too, which other pages can't read. Immutable.
 *
 * @param secure whether the console is served over TLS
 */
record PageOrigin(boolean secure) {
  static final String PROOF = "x-rondo-proof";

  /** Why a request can't be of the console's pages; null when it may be. */
  @Nullable String foreign(SignedRequest request) {
    String origin = request.header("origin");
    String host = request.header("host");
    if (origin != null && !isOwn(origin, host == null ? "" : host)) {
      return "the request comes from a page of another origin";
    }
    String site = request.header("sec-fetch-site");
    return site == null || site.equals("same-origin")
        ? null
        : "the request comes from a page of another origin, or from none";
  }

  private boolean isOwn(String origin, String host) {
    return origin.equals("https://" + host) || (!secure && origin.equals("http://" + host));
  }

  /**
   * Why a request can't be that session's own; null when it is. A GET of an object's bytes, such as
   * an image's, may come without the proof where the browser says that the console's page wants it.
   */
  @Nullable String forged(SignedRequest request, ConsoleSession session, boolean bytes) {
    String foreign = foreign(request);
    if (foreign != null) {
      return foreign;
    }
    String proof = request.header(PROOF);
    if (proof != null) {
      return Hashes.same(session.proof(), proof) ? null : "the session's proof is another one";
    }
    boolean reads = request.method().equals("GET") || request.method().equals("HEAD");
    return bytes && reads && request.header("sec-fetch-site") != null
        ? null
        : "the request lacks its session's proof";
  }
}
