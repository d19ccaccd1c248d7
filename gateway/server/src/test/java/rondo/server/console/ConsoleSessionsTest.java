package rondo.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import rondo.s3.auth.Identity;

/** When sessions begin and end. */
final class ConsoleSessionsTest {
  private final Map<String, Identity> keys = new HashMap<>();
  private final ConsoleClock clock = new ConsoleClock();
  private final ConsoleSessions sessions = new ConsoleSessions(keys::get, clock);

  @BeforeEach
  void key() {
    put("AK", "secret");
  }

  private void put(String accessKey, String secret) {
    keys.put(accessKey, new Identity("id", "ann", "", accessKey, secret));
  }

  private ConsoleSessions.Begun begin(String accessKey, String secret) {
    return Objects.requireNonNull(sessions.begin(accessKey, secret));
  }

  @Test
  void a_session_begins_by_the_right_secret_alone() {
    assertThat(sessions.begin("AK", "wrong")).isNull();
    assertThat(sessions.begin("AK", "")).isNull();
    assertThat(sessions.begin("nobody", "")).isNull();
    assertThat(sessions.begin("", "")).isNull();
    var begun = begin("AK", "secret");
    assertThat(sessions.find(begun.name())).isSameAs(begun.session());
    assertThat(sessions.find("another")).isNull();
    assertThat(sessions.find(null)).isNull();
    assertThat(begun.session().proof()).isNotEqualTo(begun.name()).hasSizeGreaterThan(40);
  }

  @Test
  void a_key_with_an_empty_secret_signs_nobody_in() {
    put("bare", "");
    assertThat(sessions.begin("bare", "")).isNull();
  }

  @Test
  void a_session_ends_without_use_and_in_any_case_after_its_life() {
    var begun = begin("AK", "secret");
    clock.pass(ConsoleSessions.IDLE.minusSeconds(1));
    assertThat(sessions.find(begun.name())).isNotNull();
    clock.pass(Duration.ofSeconds(1));
    assertThat(sessions.find(begun.name())).isNull();

    var busy = begin("AK", "secret");
    Duration step = Duration.ofMinutes(20);
    long steps = ConsoleSessions.LIFE.dividedBy(step);
    for (int i = 1; i < steps; i++) {
      clock.pass(step);
      sessions.used(Objects.requireNonNull(sessions.find(busy.name())));
    }
    assertThat(sessions.secondsLeft(busy.session())).isEqualTo(step.toSeconds());
    clock.pass(step);
    assertThat(sessions.find(busy.name())).isNull();
  }

  @Test
  void a_removed_key_ends_all_its_sessions_at_once() {
    var one = begin("AK", "secret");
    var two = begin("AK", "secret");
    keys.remove("AK");
    assertThat(sessions.identity(one.session())).isNull();
    assertThat(sessions.find(two.name())).isNull();
    put("AK", "secret");
    assertThat(sessions.find(one.name())).isNull();
  }

  @Test
  void a_key_that_was_made_again_is_another_one() {
    var begun = begin("AK", "secret");
    put("AK", "other");
    assertThat(sessions.identity(begun.session())).isNull();
    assertThat(sessions.find(begun.name())).isNull();
  }

  @Test
  void the_number_of_sessions_is_bounded_and_the_oldest_goes() {
    var first = begin("AK", "secret");
    for (int i = 0; i < ConsoleSessions.MOST_PER_KEY; i++) {
      clock.pass(Duration.ofMillis(1));
      begin("AK", "secret");
    }
    assertThat(sessions.size()).isEqualTo(ConsoleSessions.MOST_PER_KEY);
    assertThat(sessions.find(first.name())).isNull();
    for (int i = 0; i < ConsoleSessions.MOST + 1; i++) {
      put("AK" + i, "secret");
      begin("AK" + i, "secret");
    }
    assertThat(sessions.size()).isEqualTo(ConsoleSessions.MOST);
  }

  @Test
  void a_session_that_was_ended_is_found_no_more() {
    var begun = begin("AK", "secret");
    sessions.end(begun.name());
    sessions.end(null);
    assertThat(sessions.find(begun.name())).isNull();
    assertThat(begun.session().toString()).doesNotContain(begun.session().proof());
  }
}
