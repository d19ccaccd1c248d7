package rondo.s3.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static rondo.s3.sweep.RuleBucket.days;
import static rondo.s3.sweep.RuleBucket.rule;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.lifecycle.DueAction;
import rondo.s3.lifecycle.RuleSubject;
import rondo.store.object.VersionId;

final class VersionsTest {
  private final RuleBucket it = new RuleBucket();

  @BeforeEach
  void keepVersions() {
    it.write("before");
    it.versioned();
  }

  @Test
  void an_object_expires_under_a_marker() {
    it.write("a");
    it.put(rule("").setExpiration(days(1)));
    it.clock.pass(Duration.ofDays(2));
    it.work();
    assertThat(it.versions()).containsExactly("-a", "a", "-before", "before");
    assertThat(it.counted("expired")).isEqualTo(2);
  }

  @Test
  void versions_go_when_they_have_been_noncurrent_for_so_long() {
    it.write("a");
    it.clock.pass(Duration.ofDays(10));
    it.write("a");
    it.write("before");
    it.put(rule("").setNoncurrentDays(3));
    it.work();
    assertThat(it.versions()).containsExactly("a", "a", "before", "before");
    it.clock.pass(Duration.ofDays(4));
    it.work();
    assertThat(it.versions()).containsExactly("a", "before");
    assertThat(it.counted("expired")).isEqualTo(2);
  }

  @Test
  void so_many_noncurrent_versions_stay_over_the_edge_of_a_page_too() {
    for (int i = 0; i < 250; i++) {
      it.write("a");
    }
    it.put(rule("").setNoncurrentDays(1).setNewerNoncurrent(5));
    it.clock.pass(Duration.ofDays(2));
    it.work();
    assertThat(it.versions()).containsExactly("a", "a", "a", "a", "a", "a", "before");
  }

  @Test
  void a_marker_with_nothing_behind_it_goes() {
    it.write("a");
    it.delete("a");
    it.put(rule("a").setNoncurrentDays(1), rule("").setExpiredDeleteMarker(true));
    it.work();
    assertThat(it.versions()).containsExactly("-a", "a", "before");
    it.clock.pass(Duration.ofDays(2));
    it.work();
    assertThat(it.versions()).containsExactly("-a", "before");
    it.clock.pass(Duration.ofDays(1));
    it.work();
    assertThat(it.versions()).containsExactly("before");
    assertThat(it.counted("markers_removed")).isEqualTo(1);
  }

  @Test
  void a_version_that_is_current_again_stays() {
    ObjectRow older = it.write("a");
    ObjectRow newer = it.write("a");
    it.put(rule("").setNoncurrentDays(1));
    it.clock.pass(Duration.ofDays(2));
    var judged = new RuleSubject.Noncurrent("a", older, newer.getModifiedMicros(), 0);
    LifecycleActions actions = it.actions();
    it.store.objects().remove(it.bucket(), "a", VersionId.of(newer), row -> null);
    actions.take(List.of(new DueSubject(judged, new DueAction.Expire("of "))));
    assertThat(it.versions()).containsExactly("a", "before");
    assertThat(it.counted("spared")).isEqualTo(1);
  }

  @Test
  void an_object_that_was_written_again_stays() {
    ObjectRow judged = it.write("a");
    it.put(rule("").setExpiration(days(1)));
    it.clock.pass(Duration.ofDays(2));
    LifecycleActions actions = it.actions();
    it.write("a");
    var current = new RuleSubject.Current("a", judged, true, false);
    actions.take(List.of(new DueSubject(current, new DueAction.Expire("of "))));
    assertThat(it.versions()).containsExactly("a", "a", "before");
    assertThat(it.counted("spared")).isEqualTo(1);
  }

  @Test
  void a_marker_stays_while_it_hides_something() {
    it.write("a");
    ObjectRow marker = it.delete("a");
    it.put(rule("").setExpiredDeleteMarker(true));
    var judged = new RuleSubject.Current("a", marker, true, true);
    it.actions().take(List.of(new DueSubject(judged, new DueAction.RemoveMarker("of "))));
    assertThat(it.versions()).containsExactly("-a", "a", "before");
    assertThat(it.counted("spared")).isEqualTo(1);
  }
}
