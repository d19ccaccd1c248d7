package rondo.storage.extent;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rondo.storage.chunk.ChunkId;
import rondo.storage.chunk.ListedChunk;
import rondo.storage.extent.file.ExtentFormat;
import rondo.storage.extent.file.ExtentSettings;
import rondo.storage.folder.DiskException;
import rondo.storage.folder.DiskFullException;

final class ExtentStoreTest {
  private static final ExtentSettings SMALL = new ExtentSettings(1 << 20, 0, true);

  @TempDir Path folder;

  private ExtentStore open() {
    return open(SMALL);
  }

  private ExtentStore open(ExtentSettings settings) {
    return ExtentStore.open(List.of(folder), settings, Chunks.TIME, Chunks.randomness(1));
  }

  @Test
  void a_committed_chunk_is_read_back_and_survives_a_restart() {
    var id = Chunks.id(1);
    try (var store = open()) {
      Chunks.put(store, id, 200_000);
      Chunks.check(store, id, 200_000);
    }
    try (var store = open()) {
      Chunks.check(store, id, 200_000);
      assertThat(store.list(null, 10))
          .singleElement()
          .satisfies(chunk -> {
            assertThat(chunk.id()).isEqualTo(id);
            assertThat(chunk.owner()).isEqualTo(Chunks.OWNER);
            assertThat(chunk.length()).isEqualTo(200_000);
            assertThat(chunk.ageMicros()).isPositive();
          });
    }
  }

  @Test
  void every_range_of_a_chunk_can_be_read() {
    var id = Chunks.id(1);
    int length = 3 * ExtentFormat.BLOCK_BYTES + 17;
    byte[] payload = Chunks.payload(id, length);
    try (var store = open()) {
      Chunks.put(store, id, length);
      var random = new Random(7);
      try (var reader = requireNonNull(store.read(id))) {
        for (int i = 0; i < 300; i++) {
          int from = random.nextInt(length);
          int to = from + random.nextInt(length - from + 1);
          var buffer = ByteBuffer.allocate(to - from);
          reader.read(from, buffer);
          assertThat(buffer.array()).isEqualTo(Arrays.copyOfRange(payload, from, to));
        }
        assertThatThrownBy(() -> reader.read(length, ByteBuffer.allocate(1)))
            .isInstanceOf(IllegalArgumentException.class);
      }
    }
  }

  @Test
  void chunks_written_in_slices_of_any_size_are_the_same() {
    var random = new Random(3);
    try (var store = open()) {
      for (int i = 0; i < 20; i++) {
        var id = Chunks.id(i);
        int length = 1 + random.nextInt(300_000);
        var from = ByteBuffer.wrap(Chunks.payload(id, length));
        var writer = store.open(id, length, Chunks.OWNER);
        while (from.position() < length) {
          from.limit(Math.min(length, from.position() + 1 + random.nextInt(100_000)));
          writer.write(from);
        }
        writer.commit();
        Chunks.check(store, id, length);
      }
    }
  }

  @Test
  void an_aborted_chunk_is_nowhere() {
    try (var store = open()) {
      var writer = store.open(Chunks.id(1), 100, Chunks.OWNER);
      writer.write(ByteBuffer.allocate(50));
      assertThatThrownBy(writer::commit).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> writer.write(ByteBuffer.allocate(51)))
          .isInstanceOf(IllegalStateException.class);
      writer.abort();
      assertThat(store.read(Chunks.id(1))).isNull();
      assertThat(store.usage().liveBytes()).isZero();
      assertThat(store.usage().deadBytes()).isPositive();
    }
    try (var store = open()) {
      assertThat(store.contains(Chunks.id(1))).isFalse();
    }
  }

  @Test
  void random_puts_drops_and_restarts_agree_with_a_map() {
    var random = new Random(11);
    var twin = new TreeMap<ChunkId, Integer>();
    var store = open();
    for (int step = 0; step < 400; step++) {
      var id = Chunks.id(random.nextInt(60));
      switch (random.nextInt(10)) {
        case 0 -> {
          store.close();
          store = open();
        }
        case 1, 2, 3, 4 -> assertThat(store.drop(id)).isEqualTo(twin.remove(id) != null);
        default -> {
          int length = 1 + random.nextInt(150_000);
          Chunks.put(store, id, length);
          twin.put(id, length);
        }
      }
      assertThat(store.names(null, 1000)).containsExactlyElementsOf(twin.keySet());
    }
    for (var chunk : twin.entrySet()) {
      Chunks.check(store, chunk.getKey(), chunk.getValue());
    }
    store.close();
  }

  @Test
  void a_sealed_extent_without_live_chunks_is_deleted() throws IOException {
    try (var store = open()) {
      for (int i = 0; i < 30; i++) {
        Chunks.put(store, Chunks.id(i), 100_000);
      }
      assertThat(extentFiles()).isEqualTo(3);
      for (int i = 0; i < 30; i++) {
        store.drop(Chunks.id(i));
      }
      assertThat(extentFiles()).isEqualTo(1);
    }
    try (var store = open()) {
      assertThat(store.names(null, 100)).isEmpty();
    }
  }

  @Test
  void a_reader_keeps_its_chunk_after_its_extent_is_deleted() throws IOException {
    try (var store = open()) {
      var id = Chunks.id(0);
      for (int i = 0; i < 12; i++) {
        Chunks.put(store, Chunks.id(i), 100_000);
      }
      try (var reader = requireNonNull(store.read(id))) {
        for (int i = 0; i < 12; i++) {
          store.drop(Chunks.id(i));
        }
        assertThat(extentFiles()).isEqualTo(1);
        var buffer = ByteBuffer.allocate(100_000);
        reader.read(0, buffer);
        assertThat(buffer.array()).isEqualTo(Chunks.payload(id, 100_000));
      }
    }
  }

  @Test
  void the_list_is_in_order_and_continues_after_any_name() {
    try (var store = open()) {
      for (int i = 0; i < 25; i++) {
        Chunks.put(store, Chunks.id(i), 10 + i);
      }
      var all = store.names(null, 100);
      assertThat(all).hasSize(25).isSorted();
      assertThat(store.list(all.get(9), 5).stream().map(ListedChunk::id))
          .containsExactlyElementsOf(all.subList(10, 15));
    }
  }

  @Test
  void a_chunk_that_would_eat_the_reserve_is_refused_and_nothing_is_written() {
    try (var store = open(new ExtentSettings(1 << 20, Long.MAX_VALUE / 2, true))) {
      assertThatThrownBy(() -> store.open(Chunks.id(1), 10, Chunks.OWNER))
          .isInstanceOf(DiskFullException.class);
      assertThat(store.usage().freeBytes()).isZero();
    }
  }

  @Test
  void a_folder_is_used_by_one_process() {
    try (var store = open()) {
      assertThatThrownBy(this::open)
          .isInstanceOf(DiskException.class)
          .hasMessageContaining("in use");
      assertThat(store.usage().liveBytes()).isZero();
    }
  }

  private long extentFiles() throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(".extent")).count();
    }
  }
}
