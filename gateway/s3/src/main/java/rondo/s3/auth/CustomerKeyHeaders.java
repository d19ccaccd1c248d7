package rondo.s3.auth;

import java.util.regex.Pattern;

/** The keys of SSE-C, which are signed like other headers and must be told to nobody. Pure. */
final class CustomerKeyHeaders {
  private static final Pattern LINE =
      Pattern.compile("(?im)^(x-amz-(?:copy-source-)?server-side-encryption-customer-key:).*$");

  private CustomerKeyHeaders() {}

  /** The text that is signed, without what such a header says. */
  static String hidden(String signed) {
    return LINE.matcher(signed).replaceAll("$1(hidden)");
  }
}
