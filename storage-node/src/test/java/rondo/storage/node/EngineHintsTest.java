package rondo.storage.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import rondo.metadata.engine.MemoryEngine;
import rondo.metadata.table.Tables;
import rondo.ring.hint.Hint;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Ring;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

final class EngineHintsTest {
  private static final long ROOM = 1 << 20;
  private static final NodeId ONE = new NodeId(7);
  private static final NodeId OTHER = new NodeId(-9);

  private final MemoryEngine engine = new MemoryEngine();
  private final EngineHints hints = new EngineHints(engine, ROOM);

  private static Hint hint(long at, String sort, @Nullable String value) {
    var key = new Key(Tables.OBJECTS, Bytes.utf8("shard"), Bytes.utf8(sort));
    Bytes bytes = value == null ? null : Bytes.utf8(value);
    return new Hint(at, key, new VersionedValue(new Stamp(at, 3, 1), bytes));
  }

  @Test
  void each_target_gets_its_own_the_oldest_first() {
    assertThat(hints.add(ONE, List.of(hint(30, "a", "third"), hint(10, "z", "first")))).isTrue();
    assertThat(hints.add(OTHER, List.of(hint(1, "b", "other")))).isTrue();
    assertThat(hints.add(ONE, List.of(hint(20, "a", null)))).isTrue();

    assertThat(hints.targets()).containsExactlyInAnyOrder(ONE, OTHER);
    assertThat(hints.count()).isEqualTo(4);
    assertThat(hints.oldest(ONE, 2)).containsExactly(hint(10, "z", "first"), hint(20, "a", null));

    hints.remove(ONE, hints.oldest(ONE, 2));
    assertThat(hints.oldest(ONE, 9)).containsExactly(hint(30, "a", "third"));
    hints.remove(OTHER, hints.oldest(OTHER, 9));
    assertThat(hints.targets()).containsExactly(ONE);
  }

  @Test
  void what_is_noted_by_a_clock_that_was_set_back_is_given_too() {
    hints.add(ONE, List.of(hint(30, "a", "x"), hint(40, "a", "y")));
    hints.remove(ONE, hints.oldest(ONE, 1));
    assertThat(hints.oldest(ONE, 9)).containsExactly(hint(40, "a", "y"));
    hints.add(ONE, List.of(hint(10, "a", "z")));
    assertThat(hints.oldest(ONE, 9)).containsExactly(hint(10, "a", "z"), hint(40, "a", "y"));
    hints.remove(ONE, hints.oldest(ONE, 9));
    assertThat(hints.oldest(ONE, 9)).isEmpty();
    hints.add(ONE, List.of(hint(5, "a", "w")));
    assertThat(hints.oldest(ONE, 9)).containsExactly(hint(5, "a", "w"));
  }

  @Test
  void hints_are_there_after_a_start() {
    hints.add(ONE, List.of(hint(10, "a", "x"), hint(11, "a", "y")));
    var later = new EngineHints(engine, ROOM);
    assertThat(later.count()).isEqualTo(2);
    assertThat(later.oldest(ONE, 9)).isEqualTo(hints.oldest(ONE, 9));
  }

  @Test
  void there_is_a_bound_and_what_is_given_back_makes_room() {
    List<Hint> large =
        IntStream.range(0, 9).mapToObj(i -> hint(i, "k", "x".repeat(100_000))).toList();
    assertThat(hints.add(ONE, large)).isTrue();
    assertThat(hints.add(OTHER, large)).isFalse();
    assertThat(hints.count()).isEqualTo(9);
    hints.remove(ONE, large);
    assertThat(hints.add(OTHER, large)).isTrue();
  }

  @Test
  void hints_are_on_no_ring() {
    var ring = new Ring(4);
    var replica = new NodeReplica(engine, () -> ring);
    hints.add(ONE, List.of(hint(10, "a", "x")));
    while (replica.countMore() != SumProgress.DONE) {}
    var all = new BitSet();
    all.set(0, 4);
    var wanted = Bytes.wrap(all.toByteArray());
    assertThat(replica.answer(new Request.PullRows(1, wanted, null, 100)))
        .isEqualTo(new Reply.Rows(List.of(), null));
    assertThat(replica.answer(new Request.SumPartitions(1, wanted)))
        .isEqualTo(new Reply.Sums(Bytes.wrap(new byte[32])));
  }
}
