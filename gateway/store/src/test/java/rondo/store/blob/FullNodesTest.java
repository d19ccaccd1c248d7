package rondo.store.blob;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rondo.metadata.rows.Segment;
import rondo.ring.placement.Placement;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.port.Placements;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;
import rondo.storage.chunk.ChunkId;

/** New blobs while nodes take no new chunks. */
@Timeout(60)
final class FullNodesTest {
  private static final Bytes OWNER = Bytes.utf8("owner");

  @TempDir Path folder = Path.of("");

  private static NodeId node(BlobCluster cluster, int number) {
    return cluster.members.get(number - 1).id;
  }

  private static Segment write(BlobStore blobs) {
    BlobWriter writer = blobs.create(OWNER, 1000);
    writer.write(Buffer.buffer(new byte[1000]));
    return writer.finish();
  }

  @Test
  void one_full_node_of_three_is_done_without() {
    try (var cluster = new BlobCluster(folder)) {
      cluster.nodes.fullBy(node(cluster, 2)::equals);
      assertThat(cluster.blobs.hasRoom()).isTrue();
      assertThat(write(cluster.blobs).getSize()).isEqualTo(1000);
    }
  }

  @Test
  void two_full_nodes_of_three_are_a_full_store() {
    try (var cluster = new BlobCluster(folder)) {
      cluster.nodes.fullBy(Set.of(node(cluster, 2), node(cluster, 3))::contains);
      assertThat(cluster.blobs.hasRoom()).isFalse();
      assertThatThrownBy(() -> write(cluster.blobs)).isInstanceOf(StorageFullException.class);
    }
  }

  @Test
  void nodes_that_refuse_for_lack_of_room_make_the_store_full() {
    try (var cluster = new BlobCluster(folder)) {
      cluster.members.get(1).store.avoid(path -> true);
      cluster.members.get(2).store.avoid(path -> true);
      assertThatThrownBy(() -> write(cluster.blobs)).isInstanceOf(StorageFullException.class);
      assertThat(cluster.blobs.hasRoom()).isFalse();
    }
  }

  @Test
  void blobs_get_ids_that_the_ring_places_on_nodes_with_room() {
    try (var cluster = new BlobCluster(folder)) {
      Placements halves =
          new Placements() {
            @Override
            public Placement of(Bytes partition) {
              var one =
                  new ReplicaSet(List.of(node(cluster, 1 + Math.floorMod(partition.at(0), 2))), 1);
              return new Placement(1, List.of(one), List.of(one));
            }

            @Override
            public void stale(long epoch) {}
          };
      try (var blobs =
          new RingBlobs(
              cluster.nodes, halves, BlobCluster.randomness(7), BlobCluster.TIME, 1_000_000, 0)) {
        cluster.nodes.fullBy(node(cluster, 2)::equals);
        for (int i = 0; i < 20; i++) {
          Segment written = write(blobs);
          var id = new ChunkId(Bytes.wrap(written.getBlob().toByteArray()), 0);
          assertThat(Math.floorMod(id.bytes().at(0), 2)).isZero();
        }
      }
    }
  }
}
