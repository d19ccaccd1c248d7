package rondo.store.shard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import rondo.storage.node.ShardCount;

/** When a shard has to be counted again. */
final class ShardSettingsTest {
  private static final ShardSettings SETTINGS = new ShardSettings(1000);

  private static boolean suffices(long rows, long tombstones, long since) {
    return SETTINGS.suffices(new ShardCount(rows, tombstones, List.of()), since);
  }

  @Test
  void a_count_suffices_as_long_as_the_shard_can_not_have_become_too_large() {
    assertThat(suffices(600, 0, 300)).isTrue();
    assertThat(suffices(600, 0, 401)).isFalse();
  }

  @Test
  void or_small_enough_to_be_merged() {
    assertThat(suffices(600, 0, 250)).isTrue();
    assertThat(suffices(400, 0, 151)).isFalse();
  }

  @Test
  void or_too_large_to_be_merged_or_small_still() {
    assertThat(suffices(100, 0, 100)).isTrue();
    assertThat(suffices(100, 0, 150)).isFalse();
  }

  @Test
  void or_mostly_tombstones() {
    assertThat(suffices(600, 100, 200)).isTrue();
    assertThat(suffices(600, 300, 200)).isFalse();
  }

  @Test
  void a_few_writes_never_have_it_counted_again() {
    assertThat(suffices(1000, 0, 99)).isTrue();
    assertThat(suffices(1000, 0, 100)).isFalse();
  }

  @Test
  void a_growing_shard_is_counted_a_few_times_until_it_is_full() {
    long counted = 0;
    int counts = 0;
    for (long rows = 0; rows <= 1000; rows++) {
      if (!suffices(counted, 0, rows - counted)) {
        counted = rows;
        counts++;
      }
    }
    assertThat(counts).isLessThan(8);
    assertThat(suffices(counted, 0, 1001 - counted)).isFalse();
  }
}
