package rondo.s3.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.time.Duration;
import org.junit.jupiter.api.Test;

final class OpenConnectionsTest {
  private final AdmissionCounters counters = new AdmissionCounters();

  private OpenConnections open(int connections, Duration head) {
    Duration minute = Duration.ofMinutes(1);
    return new OpenConnections(
        new AdmissionSettings(1 << 24, connections, head, minute, minute, minute), counters);
  }

  @Test
  void a_connection_that_sends_nothing_is_closed_and_is_no_sign_of_load() {
    OpenConnections open = open(1, Duration.ZERO);
    assertThat(open.admit(new EmbeddedChannel())).isTrue();
    open.sweep();
    assertThat(counters.values()).containsEntry("s3_heads_too_slow", 1L);
    assertThat(counters.isShedding()).isFalse();
  }

  @Test
  void a_connection_that_gives_its_place_to_another_is_one() {
    OpenConnections open = open(1, Duration.ofMinutes(1));
    assertThat(open.admit(new EmbeddedChannel())).isTrue();
    assertThat(counters.isShedding()).isFalse();
    open.admit(new EmbeddedChannel());
    assertThat(counters.isShedding()).isTrue();
  }
}
