package rondo.storage.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;
import rondo.metadata.engine.MemoryEngine;
import rondo.metadata.table.Tables;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Ring;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

final class LiveSumsTest {
  private static final Ring RING = new Ring(16);

  private final MemoryEngine engine = new MemoryEngine();
  private final Random random = new Random(3);

  private NodeReplica replica() {
    return new NodeReplica(engine, () -> RING);
  }

  private static Reply ask(NodeReplica replica) {
    var all = new BitSet();
    all.set(0, RING.partitions());
    return replica.answer(new Request.SumPartitions(1, Bytes.wrap(all.toByteArray())));
  }

  private void write(NodeReplica replica, int rows) {
    for (int i = 0; i < rows; i++) {
      int number = random.nextInt(5000);
      var key =
          new Key(
              number % 2 == 0 ? Tables.UPLOADS : Tables.PARTS,
              Bytes.utf8("shard " + number % 7),
              Bytes.utf8("row " + number));
      Bytes value = random.nextInt(5) == 0 ? null : Bytes.utf8("value");
      var state = new VersionedValue(new Stamp(1 + random.nextInt(1000), 1, 0), value);
      replica.answer(new Request.Propagate(1, key, state));
    }
  }

  @Test
  void rows_that_change_while_they_are_counted_are_counted_once() {
    NodeReplica live = replica();
    write(live, 3000);
    assertThat(ask(live)).isInstanceOf(Reply.Refused.class);
    while (live.countMore() != SumProgress.DONE) {
      write(live, 100);
    }
    write(live, 1000);

    NodeReplica later = replica();
    while (later.countMore() != SumProgress.DONE) {
      assertThat(ask(later)).isInstanceOf(Reply.Refused.class);
    }
    assertThat(ask(live)).isInstanceOf(Reply.Sums.class).isEqualTo(ask(later));
  }
}
