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
 * The conditions of DeleteObject, and of each object of a DeleteObjects ("How to perform
 * conditional deletes", Amazon S3 user guide). Pure.
 *
 * @param compat whether size and time may be conditions too, which S3 takes on directory buckets
 *     alone; there, and so here, what isn't there is deleted under any condition
 */
public record DeleteConditions(boolean compat) {
  private static final String TIME = "x-amz-if-match-last-modified-time";
  private static final String SIZE = "x-amz-if-match-size";

  /**
   * Null when the request has none.
   *
   * @throws S3Exception NotImplemented, InvalidArgument
   */
  @Nullable
  public WriteCondition of(S3Request request) {
    return of(request.header("if-match"), request.header(TIME), request.header(SIZE));
  }

  /** Whether the deletion that was refused so is done all the same: there was nothing to delete. */
  public boolean passesOver(S3Exception refusal) {
    return Difference.DELETION_UNDER_CONDITIONS.in(compat)
        && refusal.error() == S3Error.NO_SUCH_KEY;
  }

  /** The same of one object of a list. */
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

  /** What a row must be; null where that doesn't matter. */
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
   * @param ofMarkers whether a delete marker can match: as a rule it has no entity tag, and so not
   *     even * names it
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
