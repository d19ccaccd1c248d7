package rondo.s3.auth;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The credential of a signature: {@code access key/day/region/service/aws4_request}. */
record CredentialScope(String accessKey, String day, String region, String service) {
  private static final String TERMINATION = "aws4_request";

  /** Parses a credential; null when it is malformed. An access key may contain slashes. */
  static @Nullable CredentialScope parse(String text) {
    String[] fields = text.split("/", -1);
    int last = fields.length - 1;
    if (last < 4 || !fields[last].equals(TERMINATION) || !fields[last - 3].matches("[0-9]{8}")) {
      return null;
    }
    String accessKey = String.join("/", Arrays.copyOf(fields, last - 3));
    return accessKey.isEmpty()
        ? null
        : new CredentialScope(accessKey, fields[last - 3], fields[last - 2], fields[last - 1]);
  }

  String scope() {
    return String.join("/", day, region, service, TERMINATION);
  }
}
