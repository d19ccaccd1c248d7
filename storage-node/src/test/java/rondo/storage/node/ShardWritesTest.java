package rondo.storage.node;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import rondo.metadata.table.Tables;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;

final class ShardWritesTest {
  private static final Bytes SHARD = Bytes.utf8("shard");

  private final ShardWrites writes = new ShardWrites();

  private void write(int table, String key, int times) {
    for (int i = 0; i < times; i++) {
      writes.note(new Key(table, SHARD, Bytes.utf8(key + i % 10)));
    }
  }

  @Test
  void writes_of_objects_and_versions_count_and_no_others() {
    write(Tables.OBJECTS, "a", 3);
    write(Tables.VERSIONS, "a", 2);
    write(Tables.UPLOADS, "a", 7);
    assertThat(writes.of(SHARD)).isEqualTo(5);
    assertThat(writes.of(Bytes.utf8("another"))).isZero();
  }

  @Test
  void a_busy_shard_remembers_where_it_was_written_last() {
    write(Tables.OBJECTS, "early", 4000);
    assertThat(writes.recent(SHARD)).isEmpty();
    write(Tables.OBJECTS, "late", 5000);
    assertThat(writes.recent(SHARD))
        .isSorted()
        .hasSizeGreaterThan(100)
        .allMatch(key -> key.utf8().startsWith("late"));
    writes.forget(SHARD);
    assertThat(writes.recent(SHARD)).isEmpty();
    assertThat(writes.of(SHARD)).isZero();
  }
}
