package rondo.s3.copy;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.error.S3Exception;
import rondo.s3.object.ObjectHeaders;
import rondo.s3.object.ReadConditions;
import rondo.s3.object.WriteConditions;
import rondo.s3.request.HttpDates;
import rondo.s3.request.S3Request;
import rondo.store.object.WriteCondition;

/**
 * What must hold of the object that a renaming replaces; null where it doesn't matter. All that is
 * given has to hold. Pure.
 */
record RenameConditions(
    @Nullable String ifMatch,
    @Nullable String ifNoneMatch,
    @Nullable Instant modifiedSince,
    @Nullable Instant unmodifiedSince)
    implements WriteCondition {

  /**
   * @throws S3Exception NotImplemented for an If-None-Match other than *, which S3 doesn't take
   */
  static RenameConditions of(S3Request request) {
    String ifNoneMatch = request.header("if-none-match");
    if (ifNoneMatch != null && !ifNoneMatch.strip().equals("*")) {
      throw S3Exception.header(
          "If-None-Match",
          "We don't accept the provided value of If-None-Match header for this API");
    }
    return new RenameConditions(
        request.header("if-match"),
        ifNoneMatch,
        time(request.header("if-modified-since")),
        time(request.header("if-unmodified-since")));
  }

  /** The conditions on the object that is renamed. */
  static ReadConditions.Read ofSource(S3Request request) {
    return new ReadConditions.Read(
        request.header("x-amz-rename-source-if-match"),
        request.header("x-amz-rename-source-if-none-match"),
        request.header("x-amz-rename-source-if-modified-since"),
        request.header("x-amz-rename-source-if-unmodified-since"));
  }

  private static @Nullable Instant time(@Nullable String date) {
    return date == null ? null : HttpDates.parse(date);
  }

  @Override
  public @Nullable S3Exception refusal(@Nullable ObjectRow current) {
    S3Exception unmatched = ifMatch == null ? null : WriteConditions.match(current, ifMatch);
    if (unmatched != null) {
      return unmatched;
    }
    if (ifNoneMatch != null && current != null) {
      return ReadConditions.failed("If-None-Match");
    }
    Instant modified =
        current == null ? null : ObjectHeaders.modified(current).truncatedTo(ChronoUnit.SECONDS);
    if (modifiedSince != null && (modified == null || !modified.isAfter(modifiedSince))) {
      return ReadConditions.failed("If-Modified-Since");
    }
    boolean later =
        unmodifiedSince != null && modified != null && modified.isAfter(unmodifiedSince);
    return later ? ReadConditions.failed("If-Unmodified-Since") : null;
  }
}
