package rondo.s3.auth;

import java.util.regex.Pattern;

/**
 * Hides the keys of SSE-C in error documents: they are signed like other headers, but secret. Pure.
 */
final class CustomerKeyHeaders {
  private static final Pattern LINE =
      Pattern.compile("(?im)^(x-amz-(?:copy-source-)?server-side-encryption-customer-key:).*$");

  private CustomerKeyHeaders() {}

  /** The signed text, with the values of such headers hidden. */
  static String hide(String signed) {
    return LINE.matcher(signed).replaceAll("$1(hidden)");
  }
}
