package rondo.s3.lifecycle;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Lifecycle;
import rondo.metadata.rows.LifecycleFilter;
import rondo.metadata.rows.LifecycleRule;
import rondo.metadata.rows.LifecycleTime;
import rondo.metadata.rows.LifecycleTransition;
import rondo.s3.xml.S3Document;
import rondo.s3.xml.Tag;
import rondo.s3.xml.Timestamps;

/** The document of GetBucketLifecycleConfiguration, with a bucket's rules as they were put. */
record LifecycleConfiguration(List<Rule> rule) {
  static LifecycleConfiguration of(Lifecycle lifecycle) {
    return new LifecycleConfiguration(lifecycle.getRulesList().stream().map(Rule::of).toList());
  }

  @S3Document
  record Rule(
      @JsonProperty("ID") String id,
      @Nullable String prefix,
      @Nullable Filter filter,
      String status,
      List<Transition> transition,
      @Nullable Expiration expiration,
      List<NoncurrentVersionTransition> noncurrentVersionTransition,
      @Nullable NoncurrentVersionExpiration noncurrentVersionExpiration,
      @Nullable AbortIncompleteMultipartUpload abortIncompleteMultipartUpload) {
    static Rule of(LifecycleRule rule) {
      boolean older = rule.getPrefixAtRule();
      return new Rule(
          rule.getId(),
          older ? rule.getFilter().getPrefix() : null,
          older ? null : Filter.of(rule.getFilter()),
          rule.getEnabled() ? "Enabled" : "Disabled",
          rule.getTransitionsList().stream().map(Transition::of).toList(),
          Expiration.of(rule),
          rule.getNoncurrentTransitionsList().stream()
              .map(NoncurrentVersionTransition::of)
              .toList(),
          rule.getNoncurrentDays() == 0
              ? null
              : new NoncurrentVersionExpiration(
                  rule.getNoncurrentDays(), orNull(rule.getNewerNoncurrent())),
          rule.getAbortDays() == 0
              ? null
              : new AbortIncompleteMultipartUpload(rule.getAbortDays()));
    }
  }

  record Filter(
      @Nullable String prefix,
      @Nullable List<Tag> tag,
      @Nullable Long objectSizeGreaterThan,
      @Nullable Long objectSizeLessThan,
      @Nullable Filter and) {
    static Filter of(LifecycleFilter filter) {
      var parts =
          new Filter(
              filter.hasPrefix() ? filter.getPrefix() : null,
              filter.getTagsList().stream()
                  .map(tag -> new Tag(tag.getName(), tag.getValue()))
                  .toList(),
              filter.hasLargerThan() ? filter.getLargerThan() : null,
              filter.hasSmallerThan() ? filter.getSmallerThan() : null,
              null);
      return filter.getAnd() ? new Filter(null, null, null, null, parts) : parts;
    }
  }

  record Transition(@Nullable Integer days, @Nullable String date, String storageClass) {
    static Transition of(LifecycleTransition transition) {
      LifecycleTime after = transition.getAfter();
      return new Transition(daysOf(after), dateOf(after), transition.getStorageClass());
    }
  }

  record Expiration(
      @Nullable Integer days, @Nullable String date, @Nullable Boolean expiredObjectDeleteMarker) {
    static @Nullable Expiration of(LifecycleRule rule) {
      if (rule.hasExpiration()) {
        return new Expiration(daysOf(rule.getExpiration()), dateOf(rule.getExpiration()), null);
      }
      return rule.hasExpiredDeleteMarker()
          ? new Expiration(null, null, rule.getExpiredDeleteMarker())
          : null;
    }
  }

  record NoncurrentVersionTransition(
      int noncurrentDays, @Nullable Integer newerNoncurrentVersions, String storageClass) {
    static NoncurrentVersionTransition of(LifecycleTransition transition) {
      return new NoncurrentVersionTransition(
          transition.getAfter().getDays(),
          orNull(transition.getNewerNoncurrent()),
          transition.getStorageClass());
    }
  }

  record NoncurrentVersionExpiration(
      int noncurrentDays, @Nullable Integer newerNoncurrentVersions) {}

  record AbortIncompleteMultipartUpload(int daysAfterInitiation) {}

  private static @Nullable Integer daysOf(LifecycleTime time) {
    return time.hasDateMicros() ? null : time.getDays();
  }

  private static @Nullable String dateOf(LifecycleTime time) {
    return time.hasDateMicros() ? Timestamps.of(time.getDateMicros()) : null;
  }

  private static @Nullable Integer orNull(int number) {
    return number == 0 ? null : number;
  }
}
