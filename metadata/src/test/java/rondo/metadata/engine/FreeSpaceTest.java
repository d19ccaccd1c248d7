package rondo.metadata.engine;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

final class FreeSpaceTest {
  private final AtomicLong usable = new AtomicLong();
  private final FreeSpace space = new FreeSpace("data", usable::get, 100 << 20);

  @Test
  void writes_are_turned_away_while_the_disk_is_full_and_taken_again_afterwards() {
    usable.set(99 << 20);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(() -> space.take(1))
          .isInstanceOf(EngineException.class)
          .hasMessageContaining("data is full");
    }
    usable.set(200 << 20);
    assertThatCode(() -> space.take(1)).doesNotThrowAnyException();
  }

  @Test
  void a_disk_that_fills_up_is_noticed_a_mebibyte_later() {
    usable.set(200 << 20);
    space.take(1);
    usable.set(0);
    assertThatCode(() -> space.take(500_000)).doesNotThrowAnyException();
    assertThatThrownBy(() -> space.take(600_000)).isInstanceOf(EngineException.class);
  }
}
