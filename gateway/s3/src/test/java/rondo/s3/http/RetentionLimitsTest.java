package rondo.s3.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.retention.NewLock;

/** Nothing is locked for longer than a hundred years, by whatever request. */
final class RetentionLimitsTest {
  private static final List<String> ALL = List.of("* *");

  private final MemoryGateway gateway = new MemoryGateway();

  private void check(String until, @Nullable S3Error expected) {
    gateway.allow(ALL);
    Map<String, String> headers =
        Map.of(
            "x-amz-object-lock-mode", "COMPLIANCE", "x-amz-object-lock-retain-until-date", until);
    assertThat(gateway.refusal("PUT", "/bucket/new", headers, "")).isEqualTo(expected);
    var copy = new LinkedHashMap<>(headers);
    copy.put("x-amz-copy-source", "bucket/key");
    assertThat(gateway.refusal("PUT", "/bucket/new", copy, "")).isEqualTo(expected);
    assertThat(gateway.refusal("POST", "/bucket/new?uploads", headers, "")).isEqualTo(expected);
    var form = new LinkedHashMap<>(headers);
    form.put("key", "new");
    assertThat(gateway.refusalOfForm("/bucket", form)).isEqualTo(expected);
    String document =
        "<Retention><Mode>COMPLIANCE</Mode><RetainUntilDate>%s</RetainUntilDate></Retention>"
            .formatted(until);
    assertThat(gateway.refusal("PUT", "/bucket/key?retention", Map.of(), document))
        .isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"9999-12-31T00:00:00Z", "+294247-01-10T04:00:54Z"})
  void a_date_that_is_a_mistake_is_refused(String until) {
    check(until, S3Error.INVALID_ARGUMENT);
  }

  @Test
  void a_hundred_years_are_the_most() {
    OffsetDateTime last = OffsetDateTime.now(ZoneOffset.UTC).plusYears(100);
    check(last.toString(), null);
    check(last.plusDays(3).toString(), S3Error.INVALID_ARGUMENT);
  }

  @Test
  void older_tools_may_lock_for_twice_as_long() {
    long until = TimeUnit.DAYS.toMicros(150 * 366);
    NewLock.requireTimely(until, "until", "the year 2120", 0, true);
    assertThatThrownBy(() -> NewLock.requireTimely(until, "until", "the year 2120", 0, false))
        .isInstanceOf(S3Exception.class);
    assertThatThrownBy(() -> NewLock.requireTimely(2 * until, "until", "2270", 0, true))
        .isInstanceOf(S3Exception.class);
  }

  @ParameterizedTest
  @CsvSource({"Days, 36500, true", "Days, 36501, false", "Years, 100, true", "Years, 101, false"})
  void a_bucket_s_default_has_the_same_limit(String unit, int number, boolean taken) {
    gateway.allow(ALL);
    String document =
        ("<ObjectLockConfiguration><ObjectLockEnabled>Enabled</ObjectLockEnabled><Rule>"
                + "<DefaultRetention><Mode>COMPLIANCE</Mode><%s>%d</%s></DefaultRetention></Rule>"
                + "</ObjectLockConfiguration>")
            .formatted(unit, number, unit);
    assertThat(gateway.refusal("PUT", "/bucket?object-lock", Map.of(), document))
        .isEqualTo(taken ? null : S3Error.INVALID_RETENTION_PERIOD);
    assertThat(gateway.refusal("PUT", "/bucket/new", Map.of(), "")).isNull();
  }

  @Test
  void an_archive_is_not_restored_for_longer_either() {
    gateway.allow(ALL);
    assertThat(
            gateway.refusal(
                "POST",
                "/bucket/key?restore",
                Map.of(),
                "<RestoreRequest><Days>999999999</Days></RestoreRequest>"))
        .isEqualTo(S3Error.INVALID_ARGUMENT);
  }
}
