package rondo.s3.request;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.PercentCoding;

/**
 * What a header that names another object says, such as {@code x-amz-copy-source}: percent-encoded
 * as in a form, so that a plus is a space, and perhaps with a slash in front. Pure.
 *
 * @param path decoded, without that slash
 * @param version as it was written; null where it names none
 */
public record SourcePath(String path, @Nullable String version) {
  private static final String VERSION = "?versionId=";

  public static SourcePath of(String header) {
    int mark = header.lastIndexOf(VERSION);
    String raw = mark < 0 ? header : header.substring(0, mark);
    String path = new String(PercentCoding.decode(raw, true), StandardCharsets.UTF_8);
    return new SourcePath(
        path.startsWith("/") ? path.substring(1) : path,
        mark < 0 ? null : header.substring(mark + VERSION.length()));
  }
}
