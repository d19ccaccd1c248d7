package rondo.s3.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static rondo.s3.sweep.RuleBucket.days;
import static rondo.s3.sweep.RuleBucket.rule;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import rondo.store.history.HistoryReader;
import rondo.store.history.UndeleteWindows;

/** How long the history of an undelete window stays. */
final class WindowSweepTest {
  private final RuleBucket it = new RuleBucket();

  private void window(int days) {
    new UndeleteWindows(it.store).set("b", days);
    it.clock.pass(Duration.ofHours(2));
  }

  private String then(String key, long micros) {
    var then = new HistoryReader(it.store).find(it.bucket(), key, micros);
    return then == null ? "none" : then.row().getEtag();
  }

  @Test
  void history_goes_a_day_after_the_window_has_passed_it() {
    it.write("old");
    window(2);
    it.write("kept");
    it.write("old");
    it.write("gone");
    it.clock.pass(Duration.ofHours(1));
    long then = it.clock.wallMicros();
    it.clock.pass(Duration.ofHours(1));
    it.delete("gone");
    it.clock.pass(Duration.ofHours(47));
    it.work();
    assertThat(it.versions()).containsExactly("-gone", "gone", "kept", "old", "old");
    assertThat(then("gone", it.clock.wallMicros())).isEqualTo("none");
    assertThat(then("gone", it.clock.wallMicros() - Duration.ofDays(2).toNanos() / 1_000 + 1))
        .as("at the window's edge")
        .isEqualTo("e");
    assertThat(then).isLessThan(it.clock.wallMicros());
    for (int i = 0; i < 3; i++) {
      it.clock.pass(Duration.ofDays(1));
      it.work();
    }
    assertThat(it.versions()).containsExactly("kept", "old");
  }

  @Test
  void the_bucket_s_own_rules_leave_history_alone() {
    window(5);
    it.write("a");
    it.write("a");
    it.write("b");
    it.put(
        rule("").setNoncurrentDays(1),
        rule("b").setExpiration(days(1)).setExpiredDeleteMarker(true));
    it.clock.pass(Duration.ofDays(2));
    it.work();
    assertThat(it.versions()).as("b expired, into history").containsExactly("a", "a", "-b", "b");
  }

  @Test
  void a_window_that_has_ended_leaves_nothing() {
    window(30);
    it.write("a");
    it.write("a");
    it.write("b");
    it.delete("b");
    window(0);
    it.clock.pass(Duration.ofDays(3));
    it.work();
    it.clock.pass(Duration.ofDays(1));
    it.work();
    assertThat(it.versions()).containsExactly("a");
  }

  @Test
  void a_walk_waits_for_reads_that_a_shorter_window_excludes() {
    window(30);
    it.write("a");
    it.write("a");
    it.clock.pass(Duration.ofDays(10));
    new UndeleteWindows(it.store).set("b", 1);
    it.clock.pass(Duration.ofMinutes(30));
    it.work();
    assertThat(it.versions()).containsExactly("a", "a");
    it.clock.pass(Duration.ofHours(1));
    it.work();
    assertThat(it.versions()).containsExactly("a");
  }
}
