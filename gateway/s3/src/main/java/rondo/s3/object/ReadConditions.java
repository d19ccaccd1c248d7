package rondo.s3.object;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.HttpDates;
import rondo.s3.request.S3Request;

/** The conditions of reads (RFC 9110, section 13). Pure. */
public final class ReadConditions {
  private ReadConditions() {}

  /** The four conditions of a read or of a copy's source; null for an absent header. */
  public record Read(
      @Nullable String ifMatch,
      @Nullable String ifNoneMatch,
      @Nullable String ifModifiedSince,
      @Nullable String ifUnmodifiedSince) {

    public static Read of(S3Request request) {
      return new Read(
          request.header("if-match"),
          request.header("if-none-match"),
          request.header("if-modified-since"),
          request.header("if-unmodified-since"));
    }

    /** The conditions of a copy on its source. */
    public static Read ofCopySource(S3Request request) {
      return new Read(
          request.header("x-amz-copy-source-if-match"),
          request.header("x-amz-copy-source-if-none-match"),
          request.header("x-amz-copy-source-if-modified-since"),
          request.header("x-amz-copy-source-if-unmodified-since"));
    }

    /**
     * Which header stands against a read of this object; null when none does. An ETag decides over
     * a date. A date in the future is passed over where the object has to be modified since (RFC
     * 9110, section 13.1.3).
     *
     * @param now the time of the request
     */
    public @Nullable String failing(String etag, Instant modified, Instant now) {
      Instant seconds = modified.truncatedTo(ChronoUnit.SECONDS);
      if (ifMatch != null) {
        if (!matches(ifMatch, etag)) {
          return "If-Match";
        }
      } else if (isBefore(ifUnmodifiedSince, seconds)) {
        return "If-Unmodified-Since";
      }
      if (ifNoneMatch != null) {
        return matches(ifNoneMatch, etag) ? "If-None-Match" : null;
      }
      return notAfter(seconds, ifModifiedSince, now) ? "If-Modified-Since" : null;
    }

    private static boolean isBefore(@Nullable String date, Instant modified) {
      Instant limit = date == null ? null : HttpDates.parse(date);
      return limit != null && limit.isBefore(modified);
    }

    private static boolean notAfter(Instant modified, @Nullable String date, Instant now) {
      Instant limit = date == null ? null : HttpDates.parse(date);
      return limit != null && !limit.isAfter(now) && !modified.isAfter(limit);
    }
  }

  /** Whether a list of entity tags, or {@code *}, names this one. */
  public static boolean matches(String list, String etag) {
    return list.strip().equals("*")
        || Stream.of(list.split(",", -1)).anyMatch(one -> unquoted(one).equals(etag));
  }

  /** The entity tag without quotes. Weak tags compare like strong ones, as in S3. */
  public static String unquoted(String etag) {
    String text = etag.strip();
    if (text.startsWith("W/")) {
      text = text.substring(2);
    }
    return text.length() >= 2 && text.startsWith("\"") && text.endsWith("\"")
        ? text.substring(1, text.length() - 1)
        : text;
  }

  /** PreconditionFailed, naming the header. */
  public static S3Exception failed(String header) {
    Map<String, String> details = new LinkedHashMap<>();
    details.put("Condition", header);
    return new S3Exception(
        S3Error.PRECONDITION_FAILED, S3Error.PRECONDITION_FAILED.message(), details);
  }
}
