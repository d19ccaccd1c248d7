package rondo.s3.removal;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.error.Difference;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.object.ObjectHeaders;
import rondo.s3.object.ReadConditions;
import rondo.s3.request.HttpDates;
import rondo.s3.request.S3Request;
import rondo.s3.xml.Delete;
import rondo.store.object.WriteCondition;

/**
 * Reads the conditions of DeleteObject and of each object in DeleteObjects ("How to perform
 * conditional deletes", Amazon S3 user guide). Pure.
 *
 * @param compat whether size and time may be conditions too, which S3 takes on directory buckets
 *     alone; as there, deleting an absent object then succeeds under any condition
 */
public record DeleteConditions(boolean compat) {
  private static final String TIME = "x-amz-if-match-last-modified-time";
  private static final String SIZE = "x-amz-if-match-size";

  /**
   * The condition of a DeleteObject; null for none.
   *
   * @throws S3Exception NotImplemented, InvalidArgument
   */
  @Nullable
  public WriteCondition of(S3Request request) {
    return of(request.header("if-match"), request.header(TIME), request.header(SIZE));
  }

  /** Whether a deletion with this refusal counts as done, since there was nothing to delete. */
  public boolean countsAsDone(S3Exception refusal) {
    return Difference.DELETION_UNDER_CONDITIONS.in(compat)
        && refusal.error() == S3Error.NO_SUCH_KEY;
  }

  /**
   * The condition of one object in DeleteObjects; null for none.
   *
   * @throws S3Exception NotImplemented, InvalidArgument
   */
  @Nullable
  public WriteCondition of(Delete.Item item) {
    return of(item.eTag(), item.lastModifiedTime(), item.size());
  }

  private @Nullable WriteCondition of(
      @Nullable String ifMatch, @Nullable String time, @Nullable String size) {
    if (ifMatch == null && time == null && size == null) {
      return null;
    }
    if (!Difference.DELETION_UNDER_CONDITIONS.in(compat) && (time != null || size != null)) {
      throw S3Exception.header(time != null ? TIME : SIZE, null);
    }
    var wanted =
        new RequiredState(
            ifMatch, time == null ? null : time(time), size == null ? null : size(size));
    return new DeleteCondition(wanted, compat);
  }

  private static Instant time(String text) {
    Instant time = HttpDates.parse(text);
    if (time == null) {
      throw S3Exception.argument(TIME, text, "The condition is not a time.");
    }
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  private static long size(String text) {
    if (!text.strip().matches("[0-9]{1,18}")) {
      throw S3Exception.argument(SIZE, text, "The condition is not a size.");
    }
    return Long.parseLong(text.strip());
  }

  /** The properties that a row must have; null for those that don't matter. */
  private record RequiredState(
      @Nullable String ifMatch, @Nullable Instant time, @Nullable Long sizeBytes) {
    @Nullable S3Exception failing(ObjectRow row) {
      if (ifMatch != null && !ReadConditions.matches(ifMatch, row.getEtag())) {
        return ReadConditions.failed("If-Match");
      }
      Instant modified = ObjectHeaders.modified(row).truncatedTo(ChronoUnit.SECONDS);
      if (time != null && !time.equals(modified)) {
        return ReadConditions.failed(TIME);
      }
      return sizeBytes == null || sizeBytes == row.getSize() ? null : ReadConditions.failed(SIZE);
    }
  }

  /**
   * The condition of one deletion.
   *
   * @param ofMarkers whether a delete marker can match; in S3 it has no entity tag, so that not
   *     even * matches it
   */
  private record DeleteCondition(RequiredState wanted, boolean ofMarkers)
      implements WriteCondition {
    @Override
    public @Nullable S3Exception refusal(@Nullable ObjectRow current) {
      return current == null ? new S3Exception(S3Error.NO_SUCH_KEY) : wanted.failing(current);
    }

    @Override
    public @Nullable S3Exception refusalOfMarker(ObjectRow marker) {
      return ofMarkers ? wanted.failing(marker) : ReadConditions.failed("If-Match");
    }
  }
}
