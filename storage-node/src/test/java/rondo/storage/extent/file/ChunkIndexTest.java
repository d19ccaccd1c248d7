package rondo.storage.extent.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import rondo.metadata.disk.SimulatedDisk;
import rondo.ring.value.Bytes;
import rondo.storage.chunk.ChunkId;
import rondo.storage.extent.Chunks;

final class ChunkIndexTest {
  private static ChunkId id(long number, int index) {
    byte[] blob = new byte[ChunkId.BLOB_BYTES];
    new Random(number).nextBytes(blob);
    return new ChunkId(Bytes.wrap(blob), index);
  }

  private static Extent extent(ChunkIndex index) {
    try {
      var file = new SimulatedDisk().create("extent");
      var settings = new ExtentSettings(1 << 20, 0, true);
      var folder =
          new ExtentFolder(new SimulatedDisk(), settings, Chunks.randomness(1), index, false);
      return new Extent(folder, new ExtentFormat.Head(1, 2), file, index);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void it_agrees_with_a_sorted_map() {
    var index = new ChunkIndex();
    var extent = extent(index);
    var twin = new TreeMap<ChunkId, ChunkPlace>();
    var random = new Random(5);
    for (int step = 0; step < 60_000; step++) {
      // Some blobs have many chunks, which are adjacent.
      var id = id(random.nextInt(300), random.nextInt(random.nextInt(5) == 0 ? 2_000 : 3));
      if (random.nextInt(3) == 0) {
        assertThat(index.remove(id)).isEqualTo(twin.remove(id));
      } else {
        var place =
            new ChunkPlace(extent, 512L * random.nextInt(1 << 20), 512, random.nextBoolean());
        assertThat(index.put(id, place)).isEqualTo(twin.put(id, place));
      }
      assertThat(index.get(id)).isEqualTo(twin.get(id));
    }
    assertThat(index.size()).isEqualTo(twin.size());
    assertThat(index.names(null, 100_000, true, _ -> true))
        .containsExactlyElementsOf(twin.keySet());
    var held = twin.entrySet().stream().filter(entry -> !entry.getValue().quarantined()).toList();
    var from = id(7, 1);
    List<ChunkId> after =
        held.stream().map(entry -> entry.getKey()).filter(id -> id.compareTo(from) > 0).toList();
    assertThat(index.names(from, 500, false, _ -> true))
        .containsExactlyElementsOf(after.subList(0, Math.min(500, after.size())));
  }

  @Test
  void a_chunk_takes_less_than_forty_bytes() {
    var index = new ChunkIndex();
    var extent = extent(index);
    var random = new Random(1);
    int chunks = 300_000;
    for (int i = 0; i < chunks; i++) {
      var blob = ByteBuffer.allocate(16).putLong(random.nextLong()).putLong(i).array();
      index.put(new ChunkId(Bytes.wrap(blob), 0), new ChunkPlace(extent, 512L * i, 512, false));
    }
    assertThat(index.size()).isEqualTo(chunks);
    assertThat(index.memoryBytes() / (double) chunks).isLessThan(36);
  }
}
