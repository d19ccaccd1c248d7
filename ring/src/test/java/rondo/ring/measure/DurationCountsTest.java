package rondo.ring.measure;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class DurationCountsTest {
  @Test
  void a_bucket_has_what_is_above_the_bound_before_it_and_not_above_its_own() {
    var counts = new DurationCounts();
    counts.add(0);
    counts.add(TimeUnit.MILLISECONDS.toNanos(1));
    counts.add(TimeUnit.MILLISECONDS.toNanos(1) + 1);
    counts.add(TimeUnit.HOURS.toNanos(1));
    assertThat(counts.counts())
        .containsExactly(1, 0, 0, 1, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1);
    assertThat(counts.count()).isEqualTo(4);
    assertThat(counts.sumSeconds()).isEqualTo(3600.002000001);
  }

  @Test
  void it_counts_as_a_search_in_all_bounds_does() {
    var random = new Random(16);
    var counts = new DurationCounts();
    double[] bounds = DurationCounts.boundsSeconds();
    var expected = new long[bounds.length + 1];
    for (int i = 0; i < 10_000; i++) {
      long nanos = (long) Math.pow(10, random.nextDouble() * 12);
      counts.add(nanos);
      int bucket = 0;
      for (double bound : bounds) {
        bucket += nanos > Math.round(bound * 1e9) ? 1 : 0;
      }
      expected[bucket]++;
    }
    assertThat(counts.counts()).isEqualTo(expected);
  }
}
