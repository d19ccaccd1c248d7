package rondo.s3.object;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.error.Difference;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.S3Request;
import rondo.store.object.WriteCondition;
import rondo.store.row.RefusalException;

/**
 * Reads the conditions of PutObject, CopyObject and CompleteMultipartUpload on the current object.
 * A delete marker counts as no object ("How to prevent object overwrites with conditional writes",
 * Amazon S3 user guide). Pure.
 *
 * @param compat whether If-None-Match may name an entity tag, and If-Match be *, as older tools
 *     have it
 */
public record WriteConditions(boolean compat) {
  private static final List<String> OF_TIME = List.of("If-Modified-Since", "If-Unmodified-Since");

  /**
   * The condition of a request; null for none.
   *
   * @throws S3Exception NotImplemented for a condition that S3 doesn't take on writes either
   */
  public @Nullable WriteCondition of(S3Request request) {
    String ifMatch = request.header("if-match");
    String ifNoneMatch = request.header("if-none-match");
    for (String name : OF_TIME) {
      if (request.header(name) != null) {
        throw S3Exception.header(name, "We don't accept the provided value of this header");
      }
    }
    if (ifNoneMatch == null) {
      return ifMatch == null ? null : ofMatch(ifMatch);
    }
    if (ifMatch != null) {
      throw S3Exception.header(
          "If-Match,If-None-Match", "Multiple conditional request headers present in the request");
    }
    if (!Difference.IF_NONE_MATCH.in(compat) && !ifNoneMatch.strip().equals("*")) {
      throw S3Exception.header(
          "If-None-Match",
          "We don't accept the provided value of If-None-Match header for this API");
    }
    return new HeaderCondition("If-None-Match", current -> noneMatch(current, ifNoneMatch));
  }

  private WriteCondition ofMatch(String ifMatch) {
    if (!Difference.IF_MATCH.in(compat) && ifMatch.strip().equals("*")) {
      throw S3Exception.header(
          "If-Match", "We don't accept the provided value of If-Match header for this API");
    }
    return new HeaderCondition("If-Match", current -> match(current, ifMatch));
  }

  /** A condition, and the header that makes it. */
  private record HeaderCondition(String header, WriteCondition condition)
      implements WriteCondition {
    @Override
    public @Nullable RefusalException refusal(@Nullable ObjectRow current) {
      return condition.refusal(current);
    }

    @Override
    public S3Exception refusalOfChange() {
      return new S3Exception(
          S3Error.CONDITIONAL_REQUEST_CONFLICT,
          S3Error.CONDITIONAL_REQUEST_CONFLICT.message(),
          Map.of("Condition", header));
    }
  }

  private static @Nullable S3Exception noneMatch(@Nullable ObjectRow current, String ifNoneMatch) {
    return current != null && ReadConditions.matches(ifNoneMatch, current.getEtag())
        ? ReadConditions.failed("If-None-Match")
        : null;
  }

  static @Nullable public S3Exception match(@Nullable ObjectRow current, String ifMatch) {
    if (current == null) {
      return new S3Exception(S3Error.NO_SUCH_KEY);
    }
    return ReadConditions.matches(ifMatch, current.getEtag())
        ? null
        : ReadConditions.failed("If-Match");
  }
}
