package rondo.store.chunk;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rondo.ring.placement.Ring;
import rondo.ring.streaming.ChunkTransfer;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;
import rondo.storage.chunk.ChunkId;
import rondo.store.blob.BlobCluster;
import rondo.store.chunk.ChunkException.Reason;

/** One node's chunks as another node sees them. */
@Timeout(60)
final class BulkTest {
  private static final Ring RING = new Ring(16);

  private final BlobCluster cluster;
  private final ChunkStore second;

  BulkTest(@TempDir Path folder) {
    this.cluster = new BlobCluster(folder);
    this.second = cluster.nodes.of(new NodeId(2));
  }

  @BeforeEach
  void isRemote() {
    assertThat(second).isInstanceOf(RemoteChunks.class);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private static ChunkId id(int index) {
    return new ChunkId(Bytes.utf8("0123456789abcdef"), index);
  }

  private void put(int index, byte[] bytes) {
    var upload = second.put(id(index), bytes.length, BlobCluster.OWNER, 1);
    upload.write(Buffer.buffer(bytes));
    upload.commit();
  }

  private byte[] get(int index) {
    var all = Buffer.buffer();
    try (var download = second.get(id(index), 0, ChunkStore.TO_THE_END)) {
      assertThat(download.owner()).isEqualTo(BlobCluster.OWNER);
      for (var piece = download.next(); piece != null; piece = download.next()) {
        all.appendBuffer(piece);
      }
    }
    return all.getBytes();
  }

  @Test
  void chunks_are_put_got_listed_and_dropped_from_afar() {
    byte[] bytes = BlobCluster.bytes(3_000_000, 1);
    put(0, bytes);
    put(1, new byte[1]);
    assertThat(get(0)).isEqualTo(bytes);
    assertThat(second.list(null, 10)).hasSize(2);
    assertThat(second.list(id(0), 10).getFirst().owner()).isEqualTo(BlobCluster.OWNER);
    second.drop(List.of(id(0), id(7)));
    assertThat(second.list(null, 10)).hasSize(1);
    assertRefused(Reason.ABSENT, () -> get(0));
    assertRefused(Reason.MALFORMED, () -> second.get(id(1), 0, 2));
    assertThat(get(1)).hasSize(1);
  }

  @Test
  void a_refused_chunk_leaves_the_connection_usable() {
    for (int i = 0; i < 3; i++) {
      assertRefused(Reason.MALFORMED, () -> put(2, new byte[BulkRequest.CHUNK_LIMIT + 1]));
      put(3, new byte[100]);
    }
    assertThat(cluster.members.get(1).accepted).hasSize(1);
  }

  @Test
  void an_upload_that_is_given_up_leaves_nothing() {
    var upload = second.put(id(1), 1_000_000, BlobCluster.OWNER, 1);
    upload.write(Buffer.buffer(new byte[500_000]));
    upload.abort();
    put(2, new byte[10]);
    assertThat(second.list(null, 10)).hasSize(1);
  }

  @Test
  void a_node_without_room_for_moves_keeps_what_it_has_and_waits() {
    put(1, new byte[100]);
    var room = new AtomicBoolean();
    var mover =
        new ChunkMover(cluster.nodes, cluster.members.get(0).store, () -> RING, () -> !room.get());
    assertThat(mover.fetch(new NodeId(2), id(1).bytes())).isEqualTo(ChunkTransfer.SILENT);
    room.set(true);
    assertThat(mover.fetch(new NodeId(2), id(1).bytes())).isEqualTo(100);
    room.set(false);
    assertThat(mover.fetch(new NodeId(2), id(1).bytes())).as("is here").isZero();
  }

  @Test
  void the_names_of_partitions_are_found_and_their_chunks_copied_once() {
    for (int i = 0; i < 60; i++) {
      put(i, BlobCluster.bytes(100 + i, i));
    }
    var partitions = new BitSet();
    partitions.set(3, 9);
    var moved =
        new ChunkMover(cluster.nodes, cluster.members.get(0).store, () -> RING, () -> false);
    var listing = requireNonNull(moved.list(new NodeId(2), 1, partitions, null, 1000));
    assertThat(listing.next()).isNull();
    var expected = new ArrayList<Bytes>();
    for (int i = 0; i < 60; i++) {
      if (partitions.get(RING.partitionOf(id(i).bytes()))) {
        expected.add(id(i).bytes());
      }
    }
    assertThat(listing.chunks()).containsExactlyElementsOf(expected).isNotEmpty();
    for (Bytes chunk : listing.chunks()) {
      assertThat(moved.fetch(new NodeId(2), chunk)).isEqualTo(100 + ChunkId.of(chunk).index());
      assertThat(moved.fetch(new NodeId(2), chunk)).isZero();
    }
    assertThat(moved.fetch(new NodeId(2), id(99).bytes())).isEqualTo(-1);
    cluster.kill(2);
    assertThat(moved.list(new NodeId(2), 1, partitions, null, 1000)).isNull();
  }

  @Test
  void garbage_closes_the_connection() {
    var random = new Random(4);
    for (int i = 0; i < 50; i++) {
      byte[] garbage = new byte[5 + random.nextInt(200)];
      random.nextBytes(garbage);
      if (i % 2 == 0) {
        // A plausible size with nonsense behind it.
        garbage[0] = 0;
        garbage[1] = 0;
        garbage[2] = 0;
        garbage[3] = (byte) Math.min(127, garbage.length - 4);
        garbage[4] = (byte) random.nextInt(6);
      }
      NetSocket socket = BlobCluster.await(cluster.dial(new NodeId(2)));
      Promise<Void> closed = Promise.promise();
      socket.closeHandler(closed::complete);
      socket.write(Buffer.buffer(garbage));
      socket.end();
      BlobCluster.await(closed.future());
    }
    put(1, new byte[10]);
    assertThat(get(1)).hasSize(10);
  }

  private static void assertRefused(Reason reason, Runnable request) {
    assertThatThrownBy(request::run)
        .isInstanceOfSatisfying(
            ChunkException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }
}
