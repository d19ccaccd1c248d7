package rondo.s3.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.Header;
import rondo.metadata.rows.ObjectRow;

final class LifecycleRulesTest {
  /** The time of the example in S3's user guide. */
  private static final String WRITTEN = "2014-01-15T10:30:00Z";

  private static final String EXPIRES = "<Expiration><Days>3</Days></Expiration>";
  private static final String MARKERS =
      "<Expiration><ExpiredObjectDeleteMarker>true</ExpiredObjectDeleteMarker></Expiration>";
  private static final String ALL = "<Filter/>";

  private static long micros(String time) {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.parse(time));
  }

  private static LifecycleRules rules(String... rules) {
    return rules(false, DayLength.CALENDAR, rules);
  }

  private static LifecycleRules rules(boolean compat, DayLength days, String... rules) {
    var lifecycle = LifecycleReaderTest.read(compat, String.join("", rules));
    return new LifecycleRules(BucketRow.newBuilder().setLifecycle(lifecycle).build(), days, compat);
  }

  private static String rule(String id, String filter, String... actions) {
    return LifecycleReaderTest.rule("<ID>" + id + "</ID>", filter, String.join("", actions));
  }

  private static ObjectRow.Builder row() {
    return ObjectRow.newBuilder().setModifiedMicros(micros(WRITTEN)).setSize(1 << 20);
  }

  private static RuleSubject.Current current(ObjectRow.Builder row) {
    return new RuleSubject.Current("logs/a", row.build(), false, true);
  }

  private static DueAction due(LifecycleRules rules, RuleSubject subject, String now) {
    return rules.due(subject, micros(now));
  }

  private static boolean isNothing(DueAction due) {
    return due instanceof DueAction.Nothing;
  }

  @ParameterizedTest
  @CsvSource({
    "2014-01-18T10:30:00Z, false",
    "2014-01-18T23:59:59.999999Z, false",
    "2014-01-19T00:00:00Z, true",
    "2020-01-01T00:00:00Z, true"
  })
  void days_end_at_the_midnight_that_follows(String now, boolean expired) {
    DueAction due = due(rules(rule("a", ALL, EXPIRES)), current(row()), now);
    assertThat(due)
        .isEqualTo(
            expired
                ? new DueAction.Expire("a")
                : new DueAction.Nothing(micros("2014-01-19T00:00:00Z")));
  }

  @Test
  void shorter_days_are_counted_from_the_moment() {
    LifecycleRules rules =
        rules(false, DayLength.of(Duration.ofSeconds(10)), rule("a", ALL, EXPIRES));
    assertThat(due(rules, current(row()), "2014-01-15T10:30:29.999999Z"))
        .isEqualTo(new DueAction.Nothing(micros("2014-01-15T10:30:30Z")));
    assertThat(due(rules, current(row()), "2014-01-15T10:30:30Z"))
        .isEqualTo(new DueAction.Expire("a"));
  }

  @Test
  void a_date_counts_whenever_the_object_was_written() {
    LifecycleRules rules =
        rules(rule("a", ALL, "<Expiration><Date>2014-02-01</Date></Expiration>"));
    assertThat(isNothing(due(rules, current(row()), "2014-01-31T23:59:59Z"))).isTrue();
    assertThat(due(rules, current(row()), "2014-02-01T00:00:00Z"))
        .isEqualTo(new DueAction.Expire("a"));
    var later = row().setModifiedMicros(micros("2015-01-01T00:00:00Z"));
    assertThat(due(rules, current(later), "2015-01-01T00:00:00Z"))
        .isEqualTo(new DueAction.Expire("a"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "true  | <Prefix>logs/</Prefix>",
        "true  | <Prefix></Prefix>",
        "true  | <Prefix>logs/a</Prefix>",
        "false | <Prefix>log/</Prefix>",
        "false | <Prefix>logs/ab</Prefix>",
        "true  | <Tag><Key>k</Key><Value>v</Value></Tag>",
        "false | <Tag><Key>k</Key><Value>w</Value></Tag>",
        "false | <Tag><Key>l</Key><Value>v</Value></Tag>",
        "true  | <And><Tag><Key>k</Key><Value>v</Value></Tag><Prefix>logs</Prefix></And>",
        "false |"
            + " <And><Tag><Key>k</Key><Value>v</Value></Tag><Tag><Key>l</Key><Value>v</Value></Tag></And>",
        "true  | <ObjectSizeGreaterThan>1048575</ObjectSizeGreaterThan>",
        "false | <ObjectSizeGreaterThan>1048576</ObjectSizeGreaterThan>",
        "true  | <ObjectSizeLessThan>1048577</ObjectSizeLessThan>",
        "false | <ObjectSizeLessThan>1048576</ObjectSizeLessThan>",
      })
  void a_rule_applies_to_the_objects_that_match_its_filter(boolean matches, String filter) {
    var tagged = row().addTags(Header.newBuilder().setName("k").setValue("v"));
    LifecycleRules rules = rules(rule("a", "<Filter>" + filter + "</Filter>", EXPIRES));
    assertThat(due(rules, current(tagged), "2020-01-01T00:00:00Z"))
        .isEqualTo(matches ? new DueAction.Expire("a") : DueAction.Nothing.EVER);
  }

  @Test
  void a_disabled_rule_does_nothing() {
    LifecycleRules rules = rules(rule("a", ALL, EXPIRES).replace("Enabled", "Disabled"));
    assertThat(rules.isEmpty()).isTrue();
    assertThat(due(rules, current(row()), "2020-01-01T00:00:00Z"))
        .isEqualTo(DueAction.Nothing.EVER);
  }

  @Test
  void the_earliest_of_several_expirations_counts() {
    String sooner = "<Expiration><Days>1</Days></Expiration>";
    LifecycleRules rules = rules(rule("later", ALL, EXPIRES), rule("sooner", ALL, sooner));
    assertThat(due(rules, current(row()), "2014-01-17T00:00:00Z"))
        .isEqualTo(new DueAction.Expire("sooner"));
  }

  private static String transition(int days, String storageClass) {
    return "<Transition><Days>%d</Days><StorageClass>%s</StorageClass></Transition>"
        .formatted(days, storageClass);
  }

  @ParameterizedTest
  @CsvSource({
    "2014-01-16T00:00:00Z, '', INTELLIGENT_TIERING",
    "2014-01-16T00:00:00Z, INTELLIGENT_TIERING, ",
    "2014-01-25T23:59:59Z, '', INTELLIGENT_TIERING",
    "2014-01-26T00:00:00Z, '', GLACIER_IR",
    "2014-01-26T00:00:00Z, ONEZONE_IA, GLACIER_IR",
    "2014-01-26T00:00:00Z, GLACIER_IR, ",
    "2014-01-15T23:59:59Z, '', "
  })
  void of_several_transitions_the_furthest_counts(String now, String from, String to) {
    LifecycleRules rules =
        rules(rule("a", ALL, transition(0, "INTELLIGENT_TIERING"), transition(10, "GLACIER_IR")));
    DueAction due = due(rules, current(row().setStorageClass(from)), now);
    assertThat(due instanceof DueAction.Transition(String _, String wanted) ? wanted : null)
        .isEqualTo(to);
  }

  @Test
  void small_objects_stay_unless_the_rule_speaks_of_size() {
    String move = transition(0, "GLACIER_IR");
    String now = "2020-01-01T00:00:00Z";
    var small = current(row().setSize((128 << 10) - 1));
    assertThat(isNothing(due(rules(rule("a", ALL, move)), small, now))).isTrue();
    String sized = "<Filter><ObjectSizeGreaterThan>1</ObjectSizeGreaterThan></Filter>";
    assertThat(isNothing(due(rules(rule("a", sized, move)), small, now))).isFalse();
    assertThat(isNothing(due(rules(true, DayLength.CALENDAR, rule("a", ALL, move)), small, now)))
        .isFalse();
  }

  @Test
  void objects_move_down_only_but_in_profile_compat() {
    String move = transition(0, "INTELLIGENT_TIERING");
    var cold = current(row().setStorageClass("GLACIER_IR"));
    assertThat(due(rules(rule("a", ALL, move)), cold, "2020-01-01T00:00:00Z"))
        .isEqualTo(DueAction.Nothing.EVER);
    LifecycleRules up = rules(true, DayLength.CALENDAR, rule("a", ALL, transition(0, "STANDARD")));
    assertThat(due(up, cold, "2020-01-01T00:00:00Z"))
        .isEqualTo(new DueAction.Transition("a", "STANDARD"));
  }

  @Test
  void a_deletion_for_good_comes_before_a_transition_and_a_marker_after_it() {
    LifecycleRules rules = rules(rule("a", ALL, transition(1, "GLACIER_IR"), EXPIRES));
    assertThat(due(rules, current(row()), "2020-01-01T00:00:00Z"))
        .isEqualTo(new DueAction.Expire("a"));
    var kept = new RuleSubject.Current("k", row().build(), true, false);
    assertThat(due(rules, kept, "2020-01-01T00:00:00Z"))
        .isEqualTo(new DueAction.Transition("a", "GLACIER_IR"));
    var moved = row().setStorageClass("GLACIER_IR").build();
    assertThat(due(rules, new RuleSubject.Current("k", moved, true, false), "2020-01-01T00:00:00Z"))
        .isEqualTo(new DueAction.Expire("a"));
  }

  private static String noncurrent(int days, String more) {
    return "<NoncurrentVersionExpiration><NoncurrentDays>%d</NoncurrentDays>%s</NoncurrentVersionExpiration>"
        .formatted(days, more);
  }

  private static RuleSubject.Noncurrent older(ObjectRow.Builder row, int newer) {
    return new RuleSubject.Noncurrent("logs/a", row.build(), micros("2014-02-01T12:00:00Z"), newer);
  }

  @ParameterizedTest
  @CsvSource({
    "2014-02-02T23:59:59Z, 9, false",
    "2014-02-03T00:00:00Z, 1, false",
    "2014-02-03T00:00:00Z, 2, true",
    "2014-02-03T00:00:00Z, 9, true"
  })
  void a_version_expires_by_when_it_became_noncurrent_and_how_many_are_newer(
      String now, int newer, boolean expired) {
    String keep = "<NewerNoncurrentVersions>2</NewerNoncurrentVersions>";
    LifecycleRules rules = rules(rule("a", ALL, noncurrent(1, keep), EXPIRES));
    assertThat(due(rules, older(row(), newer), now) instanceof DueAction.Expire).isEqualTo(expired);
  }

  @Test
  void noncurrent_versions_move_and_markers_among_them_only_expire() {
    String move =
        "<NoncurrentVersionTransition><NoncurrentDays>0</NoncurrentDays>"
            + "<StorageClass>GLACIER_IR</StorageClass></NoncurrentVersionTransition>";
    LifecycleRules rules = rules(rule("a", ALL, move, noncurrent(9, "")));
    String now = "2014-02-02T00:00:00Z";
    assertThat(due(rules, older(row(), 0), now))
        .isEqualTo(new DueAction.Transition("a", "GLACIER_IR"));
    var marker = ObjectRow.newBuilder().setDeleteMarker(true);
    assertThat(due(rules, older(marker, 0), now))
        .isEqualTo(new DueAction.Nothing(micros("2014-02-11T00:00:00Z")));
    assertThat(due(rules, older(marker, 0), "2014-02-11T00:00:00Z"))
        .isEqualTo(new DueAction.Expire("a"));
    assertThat(isNothing(due(rules, current(row()), "2020-01-01T00:00:00Z"))).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "markers, true,  2014-01-15T10:30:00Z, true",
    "markers, false, 2020-01-01T00:00:00Z, false",
    "days,    true,  2014-01-18T23:59:59Z, false",
    "days,    true,  2014-01-19T00:00:00Z, true",
    "days,    false, 2020-01-01T00:00:00Z, false"
  })
  void a_marker_goes_when_nothing_is_behind_it(
      String kind, boolean sole, String now, boolean gone) {
    LifecycleRules rules = rules(rule("a", ALL, kind.equals("days") ? EXPIRES : MARKERS));
    ObjectRow marker = row().setSize(0).setDeleteMarker(true).build();
    DueAction due = due(rules, new RuleSubject.Current("k", marker, true, sole), now);
    assertThat(due.equals(new DueAction.RemoveMarker("a"))).isEqualTo(gone);
    assertThat(isNothing(due)).isEqualTo(!gone);
  }

  @Test
  void markers_have_no_tags_and_no_size() {
    String small = "<Filter><ObjectSizeLessThan>9</ObjectSizeLessThan></Filter>";
    ObjectRow marker = row().setSize(0).setDeleteMarker(true).build();
    assertThat(
            due(
                rules(rule("a", small, EXPIRES)),
                new RuleSubject.Current("k", marker, true, true),
                "2020-01-01T00:00:00Z"))
        .isEqualTo(DueAction.Nothing.EVER);
  }

  @Test
  void uploads_are_given_up_days_after_they_began() {
    String abort =
        "<AbortIncompleteMultipartUpload><DaysAfterInitiation>2</DaysAfterInitiation>"
            + "</AbortIncompleteMultipartUpload>";
    LifecycleRules rules = rules(rule("a", ALL, abort));
    var begun = new RuleSubject.PendingUpload("k", "id", micros(WRITTEN));
    assertThat(due(rules, begun, "2014-01-17T23:59:59Z"))
        .isEqualTo(new DueAction.Nothing(micros("2014-01-18T00:00:00Z")));
    assertThat(due(rules, begun, "2014-01-18T00:00:00Z")).isEqualTo(new DueAction.Abort("a"));
    assertThat(isNothing(due(rules, current(row()), "2020-01-01T00:00:00Z"))).isTrue();
  }

  @Test
  void a_day_that_never_comes_is_no_overflow() {
    String never = "<Expiration><Days>2147483647</Days></Expiration>";
    assertThat(isNothing(due(rules(rule("a", ALL, never)), current(row()), "2999-01-01T00:00:00Z")))
        .isTrue();
  }

  @ParameterizedTest
  @CsvSource({"false, false, 2014-01-19T00:00:00Z", "true, true, 2014-01-15T10:30:00Z"})
  void a_later_write_is_due_no_earlier(boolean markers, boolean versioned, String earliest) {
    LifecycleRules rules =
        rules(rule("a", ALL, EXPIRES), rule("b", ALL, markers ? MARKERS : EXPIRES));
    assertThat(rules.scope().earliestDueMicros(micros(WRITTEN), versioned))
        .isEqualTo(micros(earliest));
  }
}
