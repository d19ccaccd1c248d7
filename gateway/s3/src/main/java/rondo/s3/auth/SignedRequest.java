package rondo.s3.auth;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A request as it was on the wire. Header values hold one character per byte (ISO 8859-1).
 *
 * @param rawPath percent-encoded, beginning with a slash, without the query
 * @param rawQuery percent-encoded, without the question mark; empty when there is none
 * @param headers in any case and order, repeated ones included; {@code host} among them
 */
public record SignedRequest(
    String method, String rawPath, String rawQuery, List<Map.Entry<String, String>> headers) {

  /**
   * The value of the header of that name in any case; null when there is none. Several lines are
   * one with commas between them (RFC 9110, section 5.3), as signatures read them too; lines that
   * say nothing beside others are left out.
   */
  public @Nullable String header(String name) {
    String found = null;
    for (Map.Entry<String, String> header : headers) {
      if (header.getKey().equalsIgnoreCase(name)) {
        String line = header.getValue();
        found =
            found == null || found.isBlank() ? line : line.isBlank() ? found : found + "," + line;
      }
    }
    return found;
  }

  /** Leaves the headers out: secrets are among them. */
  @Override
  public String toString() {
    return method + " " + rawPath;
  }
}
