package rondo.store.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rondo.ring.placement.ReplicaSet;
import rondo.storage.chunk.ChunkId;
import rondo.store.chunk.StuckChunks;

@Timeout(60)
@Tag("long")
final class RingBlobsTest {
  private static final int MIB = 1 << 20;

  @TempDir Path folder;

  @Test
  void a_blob_is_read_back_whole_and_in_ranges() {
    byte[] bytes = BlobCluster.bytes(9 * MIB + 12_345, 1);
    try (var cluster = new BlobCluster(folder)) {
      var segment = cluster.put(bytes, 100_000);
      assertThat(segment.getSize()).isEqualTo(bytes.length);
      assertThat(cluster.get(segment, 0, bytes.length)).isEqualTo(bytes);
      var random = new Random(5);
      for (int i = 0; i < 20; i++) {
        int from = random.nextInt(bytes.length);
        int length = random.nextInt(bytes.length - from + 1);
        assertThat(cluster.get(segment, from, length))
            .isEqualTo(Arrays.copyOfRange(bytes, from, from + length));
      }
    }
  }

  @Test
  void the_segments_of_an_object_are_read_as_one() {
    try (var cluster = new BlobCluster(folder)) {
      byte[] bytes = BlobCluster.bytes(5 * MIB, 2);
      var first = cluster.put(Arrays.copyOfRange(bytes, 0, 10), 10);
      var second = cluster.put(Arrays.copyOfRange(bytes, 10, 4 * MIB + 10), MIB);
      var third = cluster.put(Arrays.copyOfRange(bytes, 4 * MIB + 10, 5 * MIB), MIB);
      var read = Buffer.buffer();
      cluster.blobs.read(List.of(first, second, third), 5, 5 * MIB - 10, read::appendBuffer);
      assertThat(read.getBytes()).isEqualTo(Arrays.copyOfRange(bytes, 5, 5 * MIB - 5));
      assertThatThrownBy(() -> cluster.get(first, 0, 11))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void every_replica_gets_every_chunk() {
    try (var cluster = new BlobCluster(folder)) {
      cluster.put(BlobCluster.bytes(9 * MIB, 3), 256 * 1024);
      for (var member : cluster.members) {
        eventually(() -> member.store.names(null, 10).size() == 3);
        assertThat(member.store.list(null, 10))
            .allSatisfy(chunk -> assertThat(chunk.owner()).isEqualTo(BlobCluster.OWNER));
      }
    }
  }

  @Test
  void blobs_are_written_and_read_with_one_node_down_and_refused_with_two() {
    byte[] bytes = BlobCluster.bytes(9 * MIB, 4);
    try (var cluster = new BlobCluster(folder)) {
      var before = cluster.put(bytes, 256 * 1024);
      cluster.kill(3);
      var segment = cluster.put(bytes, 256 * 1024);
      assertThat(cluster.get(segment, 0, bytes.length)).isEqualTo(bytes);
      cluster.kill(2);
      assertThatThrownBy(() -> cluster.put(bytes, 256 * 1024))
          .isInstanceOf(BlobUnavailableException.class);
      assertThat(cluster.get(before, 0, bytes.length)).isEqualTo(bytes);
    }
  }

  @Test
  void a_blob_survives_a_node_that_dies_while_it_is_written() {
    byte[] bytes = BlobCluster.bytes(12 * MIB, 5);
    try (var cluster = new BlobCluster(folder)) {
      var writer = cluster.blobs.create(BlobCluster.OWNER, bytes.length);
      writer.write(Buffer.buffer(bytes).slice(0, 5 * MIB));
      cluster.kill(2);
      writer.write(Buffer.buffer(bytes).slice(5 * MIB, 12 * MIB));
      var segment = writer.finish();
      assertThat(cluster.get(segment, 0, bytes.length)).isEqualTo(bytes);
    }
  }

  @Test
  void a_stuck_replica_slows_nobody_and_holds_little_memory() {
    var stuck = new StuckChunks();
    byte[] bytes = BlobCluster.bytes(40 * MIB, 6);
    try (var cluster = new BlobCluster(folder, stuck::wrap)) {
      stuck.stick();
      long start = System.nanoTime();
      var segment = cluster.put(bytes, 256 * 1024);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(8));
      assertThat(cluster.get(segment, 0, bytes.length)).isEqualTo(bytes);
      assertThat(stuck.received()).isLessThan(8 * MIB);
      stuck.release();
    }
  }

  @Test
  void the_writer_waits_for_the_slower_half_of_its_quorum() throws Exception {
    var stuck = new StuckChunks();
    byte[] bytes = BlobCluster.bytes(20 * MIB, 7);
    try (var cluster = new BlobCluster(folder, stuck::wrap)) {
      cluster.kill(2);
      stuck.stick();
      var taken = new AtomicLong();
      var put =
          CompletableFuture.supplyAsync(() -> {
            var writer = cluster.blobs.create(BlobCluster.OWNER, bytes.length);
            for (int from = 0; from < bytes.length; from += 65536) {
              writer.write(Buffer.buffer(bytes).slice(from, from + 65536));
              taken.addAndGet(65536);
            }
            return writer.finish();
          });
      assertThatThrownBy(() -> put.get(700, TimeUnit.MILLISECONDS)).isNotNull();
      // The bytes in windows: here, in the sockets of both sides, and in the kernel.
      assertThat(taken.get()).isLessThan(bytes.length);
      stuck.release();
      var segment = put.get(20, TimeUnit.SECONDS);
      assertThat(cluster.get(segment, 0, bytes.length)).isEqualTo(bytes);
    }
  }

  @Test
  void a_slow_replica_is_overtaken_by_another() {
    var stuck = new StuckChunks();
    byte[] bytes = BlobCluster.bytes(9 * MIB, 8);
    try (var cluster = new BlobCluster(folder, stuck::wrap)) {
      var segment = cluster.put(bytes, 256 * 1024);
      onlyReaders(cluster, 3, 2);
      stuck.stick();
      assertThat(cluster.get(segment, 0, bytes.length)).isEqualTo(bytes);
      stuck.release();
    }
  }

  @Test
  void a_corrupt_block_is_served_from_another_replica() throws IOException {
    byte[] bytes = BlobCluster.bytes(4 * MIB, 9);
    try (var cluster = new BlobCluster(folder)) {
      var segment = cluster.put(bytes, 256 * 1024);
      for (var member : cluster.members) {
        eventually(() -> member.store.names(null, 10).size() == 1);
      }
      flip(folder.resolve("node1"), 2_000_000);
      flip(folder.resolve("node3"), 1_000);
      assertThat(cluster.get(segment, 0, bytes.length)).isEqualTo(bytes);
      flip(folder.resolve("node2"), 3_000_000);
      assertThat(cluster.get(segment, 2_100_000, 100_000))
          .isEqualTo(Arrays.copyOfRange(bytes, 2_100_000, 2_200_000));
      assertThat(cluster.get(segment, 0, bytes.length)).isEqualTo(bytes);
      flip(folder.resolve("node1"), 3_000_000);
      flip(folder.resolve("node3"), 3_000_000);
      assertThatThrownBy(() -> cluster.get(segment, 0, bytes.length))
          .isInstanceOf(BlobUnavailableException.class);
    }
  }

  @Test
  void a_released_blob_is_dropped_everywhere() {
    try (var cluster = new BlobCluster(folder)) {
      var segment = cluster.put(BlobCluster.bytes(9 * MIB, 10), MIB);
      for (var member : cluster.members) {
        eventually(() -> member.store.names(null, 10).size() == 3);
      }
      cluster.blobs.release(List.of(segment));
      for (var member : cluster.members) {
        eventually(() -> member.store.names(null, 10).isEmpty());
      }
      assertThatThrownBy(() -> cluster.get(segment, 0, 1))
          .isInstanceOf(BlobUnavailableException.class);
    }
  }

  @Test
  void an_aborted_blob_leaves_nothing() {
    try (var cluster = new BlobCluster(folder)) {
      var writer = cluster.blobs.create(BlobCluster.OWNER, 20 * MIB);
      writer.write(Buffer.buffer(BlobCluster.bytes(9 * MIB, 11)));
      writer.abort();
      for (var member : cluster.members) {
        eventually(() -> member.store.names(null, 10).isEmpty());
      }
    }
  }

  @Test
  void a_wrong_length_is_refused() {
    try (var cluster = new BlobCluster(folder)) {
      var writer = cluster.blobs.create(BlobCluster.OWNER, 10);
      writer.write(Buffer.buffer("12345"));
      assertThatThrownBy(writer::finish).isInstanceOf(IllegalStateException.class);
      assertThatThrownBy(() -> writer.write(Buffer.buffer("123456")))
          .isInstanceOf(IllegalStateException.class);
      writer.abort();
    }
  }

  @Test
  void in_a_joint_epoch_both_sets_must_have_the_chunk() {
    try (var cluster = new BlobCluster(folder)) {
      var ids = cluster.members.stream().map(member -> member.id).toList();
      cluster.sets =
          List.of(new ReplicaSet(ids.subList(0, 2), 1), new ReplicaSet(ids.subList(2, 3), 1));
      var segment = cluster.put(BlobCluster.bytes(100_000, 12), 100_000);
      var id = ChunkId.of(cluster.members.get(2).store.names(null, 1).getFirst().bytes());
      assertThat(id.blob().array()).isEqualTo(segment.getBlob().toByteArray());
      cluster.kill(3);
      assertThatThrownBy(() -> cluster.put(new byte[100_000], 100_000))
          .isInstanceOf(BlobUnavailableException.class);
    }
  }

  @Test
  void a_sink_that_fails_ends_the_read() {
    try (var cluster = new BlobCluster(folder)) {
      var segment = cluster.put(BlobCluster.bytes(9 * MIB, 13), MIB);
      assertThatThrownBy(() ->
              cluster.blobs.read(
                  List.of(segment),
                  0,
                  9 * MIB,
                  piece -> {
                    throw new IllegalStateException("the client left");
                  }))
          .hasMessage("the client left");
    }
  }

  private static void onlyReaders(BlobCluster cluster, int... numbers) {
    var ids = Arrays.stream(numbers).mapToObj(i -> cluster.members.get(i - 1).id).toList();
    cluster.sets = List.of(new ReplicaSet(ids, 1));
  }

  private static void flip(Path folder, long offset) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".extent")).toList()) {
        try (var access = new RandomAccessFile(file.toFile(), "rw")) {
          access.seek(offset);
          int old = access.read();
          access.seek(offset);
          access.write(old ^ 4);
        }
      }
    }
  }

  private static void eventually(BooleanSupplier condition) {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      Thread.onSpinWait();
    }
  }
}
