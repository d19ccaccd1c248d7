package rondo.ring.repair;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

final class EqualTimesTest {
  private static final NodeId ONE = new NodeId(1);
  private static final NodeId TWO = new NodeId(2);

  @Test
  void times_only_grow_and_are_kept_as_bytes() {
    var times = new EqualTimes();
    var random = new Random(5);
    for (int i = 0; i < 500; i++) {
      times.equal(random.nextBoolean() ? ONE : TWO, random.nextInt(64), 1 + random.nextInt(5));
    }
    long before = times.changes();
    times.equal(ONE, 7, 1);
    assertThat(times.changes()).isEqualTo(before);
    var read = new EqualTimes();
    read.add(times.encode(), 64);
    for (int p = 0; p < 70; p++) {
      assertThat(read.of(ONE, p)).isEqualTo(times.of(ONE, p));
      assertThat(read.of(TWO, p)).isEqualTo(times.of(TWO, p));
    }
    assertThat(read.encode()).isEqualTo(times.encode());
    read.keep(List.of(TWO));
    assertThat(read.of(ONE, 7)).isZero();
  }

  @Test
  void quiet_partitions_take_one_run() {
    var times = new EqualTimes();
    for (int p = 0; p < 4096; p++) {
      times.equal(ONE, p, 1_800_000_000L);
    }
    assertThat(times.encode().length()).isEqualTo(5 + 12 + 12);
  }

  @Test
  void bytes_that_are_no_times_are_refused() {
    var times = new EqualTimes();
    times.equal(ONE, 63, 5);
    Bytes whole = times.encode();
    assertThatThrownBy(() -> new EqualTimes().add(whole, 63)).hasMessageContaining("partition 63");
    assertThatThrownBy(() -> new EqualTimes().add(whole.slice(0, 20), 64))
        .hasMessageContaining("too soon");
    assertThatThrownBy(() -> new EqualTimes().add(Bytes.utf8("x"), 64))
        .hasMessageContaining("unknown version");
  }
}
