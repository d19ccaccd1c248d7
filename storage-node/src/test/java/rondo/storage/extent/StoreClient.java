package rondo.storage.extent;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import rondo.storage.chunk.ChunkId;
import rondo.storage.extent.file.ChunkWriter;

/** A client's model of a store: the chunks that it must have, may have, and must not have. */
final class StoreClient {
  final Random random;
  final Map<ChunkId, Integer> acknowledged = new TreeMap<>();

  /** Chunks that were begun but not acknowledged: there as a whole, or not there. */
  final Map<ChunkId, Integer> begun = new TreeMap<>();

  final Set<ChunkId> dropped = new HashSet<>();
  int next;

  StoreClient(long seed) {
    this.random = new Random(seed);
  }

  /** Writes and drops, two chunks at a time, until the power fails. */
  void work(ExtentStore store, int steps) {
    work(store, steps, 3, () -> {});
  }

  /**
   * Writes and drops like {@link #work(ExtentStore, int)}, and runs {@code then} after every step.
   *
   * @param patience a chunk is dropped in one of so many steps
   */
  void work(ExtentStore store, int steps, int patience, Runnable then) {
    for (int step = 0; step < steps; step++) {
      var first = begin(store);
      var second = begin(store);
      finish(second);
      if (random.nextInt(4) == 0) {
        first.writer.abort();
      } else {
        finish(first);
      }
      if (random.nextInt(patience) == 0 && !acknowledged.isEmpty()) {
        drop(store);
      }
      then.run();
    }
  }

  private record Open(ChunkId id, int length, ChunkWriter writer) {}

  private Open begin(ExtentStore store) {
    var id = Chunks.id(next++);
    int length = 1 + random.nextInt(random.nextBoolean() ? 3_000 : 90_000);
    begun.put(id, length);
    var writer = store.open(id, length, Chunks.OWNER);
    writer.write(ByteBuffer.wrap(Chunks.payload(id, length)));
    return new Open(id, length, writer);
  }

  private void finish(Open open) {
    open.writer.commit();
    begun.remove(open.id);
    acknowledged.put(open.id, open.length);
  }

  void drop(ExtentStore store) {
    var ids = List.copyOf(acknowledged.keySet());
    var id = ids.get(random.nextInt(ids.size()));
    begun.put(id, requireNonNull(acknowledged.remove(id)));
    assertThat(store.drop(id)).isTrue();
    begun.remove(id);
    dropped.add(id);
  }

  void check(ExtentStore store) {
    acknowledged.forEach((id, length) -> Chunks.check(store, id, length));
    for (ChunkId id : store.names(null, 10_000)) {
      assertThat(dropped).doesNotContain(id);
      if (begun.containsKey(id)) {
        Chunks.check(store, id, requireNonNull(begun.get(id)));
      }
    }
  }
}
