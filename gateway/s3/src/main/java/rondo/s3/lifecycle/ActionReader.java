package rondo.s3.lifecycle;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.LifecycleFilter;
import rondo.metadata.rows.LifecycleRule;
import rondo.metadata.rows.LifecycleTime;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.request.HttpDates;
import rondo.s3.xml.XmlElement;

/** Reads the actions of a lifecycle rule. Thread-safe. */
final class ActionReader {
  private static final int MOST_NEWER = 100;

  /** No object is older than S3; an earlier date is a mistake that would expire everything. */
  private static final Instant FIRST = Instant.parse("2006-03-14T00:00:00Z");

  /** What is kept until then is kept by mistake. */
  private static final Instant LAST = Instant.parse("2199-12-31T00:00:00Z");

  private final TransitionReader transitions;

  ActionReader(boolean compat) {
    this.transitions = new TransitionReader(compat);
  }

  /** Adds the rule's actions to its row, which has its filter already. */
  void read(XmlElement rule, LifecycleRule.Builder row) {
    XmlElement expiration = rule.one("Expiration");
    if (expiration != null) {
      expiration(expiration, row);
    }
    XmlElement noncurrent = rule.one("NoncurrentVersionExpiration");
    if (noncurrent != null) {
      noncurrent(noncurrent, row);
    }
    XmlElement abort = rule.one("AbortIncompleteMultipartUpload");
    if (abort != null) {
      abort(abort, row);
    }
    transitions.read(rule, row);
    if (expiration == null
        && noncurrent == null
        && abort == null
        && row.getTransitionsCount() + row.getNoncurrentTransitionsCount() == 0) {
      throw LifecycleReader.refused("At least one action needs to be specified in a rule");
    }
  }

  private static void expiration(XmlElement expiration, LifecycleRule.Builder row) {
    expiration.checkChildren(Set.of("Days", "Date", "ExpiredObjectDeleteMarker"));
    if (expiration.children().size() != 1) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    String marker = expiration.text("ExpiredObjectDeleteMarker");
    if (marker == null) {
      row.setExpiration(time(expiration, 1));
      return;
    }
    row.setExpiredDeleteMarker(
        switch (marker.strip()) {
          case "true", "1" -> true;
          case "false", "0" -> false;
          default -> throw new S3Exception(S3Error.MALFORMED_XML);
        });
    checkPlain(row.getFilter(), "ExpiredObjectDeleteMarker");
  }

  private static void noncurrent(XmlElement noncurrent, LifecycleRule.Builder row) {
    noncurrent.checkChildren(Set.of("NoncurrentDays", "NewerNoncurrentVersions"));
    row.setNoncurrentDays(RuleNumbers.required(noncurrent, "NoncurrentDays", 1));
    row.setNewerNoncurrent(newer(noncurrent));
  }

  /** The number of newer noncurrent versions that are kept; 0 when the action doesn't say. */
  static int newer(XmlElement action) {
    Integer newer = RuleNumbers.count(action, "NewerNoncurrentVersions", action.name(), 1);
    if (newer != null && newer > MOST_NEWER) {
      throw S3Exception.argument(
          "NewerNoncurrentVersions",
          newer.toString(),
          "'NewerNoncurrentVersions' for %s action must be at most %d"
              .formatted(action.name(), MOST_NEWER));
    }
    return newer == null ? 0 : newer;
  }

  private static void abort(XmlElement abort, LifecycleRule.Builder row) {
    abort.checkChildren(Set.of("DaysAfterInitiation"));
    row.setAbortDays(RuleNumbers.required(abort, "DaysAfterInitiation", 1));
    checkPlain(row.getFilter(), "AbortIncompleteMultipartUpload");
  }

  /** Refuses a filter by tags or size: uploads and delete markers have neither. */
  private static void checkPlain(LifecycleFilter filter, String action) {
    if (filter.getTagsCount() > 0) {
      throw LifecycleReader.refused(action + " cannot be specified with Tags.");
    }
    if (filter.hasLargerThan() || filter.hasSmallerThan()) {
      throw LifecycleReader.refused(action + " cannot be specified with Object Size.");
    }
  }

  /**
   * The time of an action: either days or a date.
   *
   * @param least the smallest number of days allowed
   * @throws S3Exception MalformedXML, InvalidArgument
   */
  static LifecycleTime time(XmlElement action, int least) {
    Integer days = RuleNumbers.count(action, "Days", action.name(), least);
    String date = action.text("Date");
    if ((days == null) == (date == null)) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    return days == null
        ? LifecycleTime.newBuilder().setDateMicros(midnight(date)).build()
        : LifecycleTime.newBuilder().setDays(days).build();
  }

  private static long midnight(@Nullable String date) {
    String text = date == null ? "" : date.strip();
    boolean day = text.matches("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    Instant time = HttpDates.parse(day ? text + "T00:00:00Z" : text);
    if (time == null) {
      throw new S3Exception(S3Error.MALFORMED_XML);
    }
    if (time.isBefore(FIRST) || time.isAfter(LAST)) {
      throw S3Exception.argument("Date", text, "'Date' must be from 2006-03-14 to 2199-12-31");
    }
    if (!time.equals(time.truncatedTo(ChronoUnit.DAYS))) {
      throw S3Exception.argument("Date", text, "'Date' must be at midnight GMT");
    }
    return ChronoUnit.MICROS.between(Instant.EPOCH, time);
  }
}
