package rondo.store.shard;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.ShardMove;
import rondo.metadata.rows.ShardRange;
import rondo.metadata.shard.ShardMover;
import rondo.metadata.table.Keys;
import rondo.metadata.table.Tables;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.message.Answer;
import rondo.ring.message.Request;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.sim.Simulation;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;
import rondo.store.MemoryBlobs;
import rondo.store.Store;
import rondo.store.object.StoredObject;
import rondo.store.row.Bucket;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;

/** A renewed shard has no tombstones, and no deleted key comes back. */
@Tag("simulation")
final class RenewalTest {
  private static final ByteString SHARD = ByteString.copyFromUtf8("the first shard.");
  private static final ByteString FRESH = ByteString.copyFromUtf8("the fresh shard.");

  @Test
  void tombstones_stay_behind_and_late_writes_find_their_end() {
    var scene = new Scene(2 * RowStore.PATIENCE_NANOS);
    scene.run();
    assertThat(scene.before).isEqualTo("v");
    assertThat(scene.after).isNull();
    assertThat(scene.world.rows(Tables.OBJECTS, Bytes.wrap(SHARD.toByteArray()))).isPositive();
    assertThat(scene.world.rows(Tables.OBJECTS, Bytes.wrap(FRESH.toByteArray()))).isZero();
  }

  @Test
  void without_waiting_for_those_under_way_what_was_deleted_comes_back() {
    var scene = new Scene(0);
    scene.run();
    assertThat(scene.before).isEqualTo("v");
    assertThat(scene.after).isEqualTo("v");
  }

  @Test
  void keys_of_an_available_bucket_do_not_move() {
    var scene = new Scene(0);
    scene.world.simulation.start("scene", scene::available);
    scene.world.simulation.run(() -> scene.done, 120_000 * Simulation.MILLIS);
    assertThat(scene.before).isEqualTo("the bucket has changed");
  }

  /**
   * One gateway's write reaches a single replica and then hangs. A read finds it, a delete removes
   * it, and the shard is renewed. Then the write goes on.
   */
  private static final class Scene {
    final ShardWorld world = new ShardWorld(1, ShardWorld.Mutation.NONE, false);
    private final long longestNanos;
    private boolean held = true;
    private boolean done;
    @Nullable String before;
    @Nullable String after;

    Scene(long longestNanos) {
      this.longestNanos = longestNanos;
      world.heal();
    }

    void run() {
      world.simulation.start("scene", this::story);
      world.simulation.run(() -> done, 120_000 * Simulation.MILLIS);
      assertThat(done).isTrue();
    }

    private void story() {
      Store ann = store(11, world.network());
      ann.rows().write(Keys.bucket("bucket"), RowStore.encode(row()));
      Store late = store(12, this::held);
      world.simulation.start("late", () -> write(late));
      while (before == null) {
        world.simulation.pause(10 * Simulation.MILLIS);
        before = read(ann);
      }
      ann.objects().delete(bucket(ann), "b", ObjectRow.getDefaultInstance(), null);
      world.simulation.pause(100 * Simulation.MILLIS);
      assertThat(mover().renew("bucket", move()).why()).isNull();
      held = false;
      world.simulation.pause(2_000 * Simulation.MILLIS);
      after = read(ann);
      done = true;
    }

    private void available() {
      Store ann = store(11, world.network());
      BucketRow row = row().toBuilder().setAvailable(true).build();
      ann.rows().write(Keys.bucket("bucket"), RowStore.encode(row));
      before = mover().move("bucket", move()).why();
      done = true;
    }

    private static BucketRow row() {
      return BucketRow.newBuilder()
          .setId(ByteString.copyFromUtf8("bucket's own id."))
          .setOwner("ann")
          .addShards(ShardRange.newBuilder().setId(SHARD))
          .build();
    }

    private static ShardMove move() {
      return ShardMove.newBuilder()
          .setAttempt(ByteString.copyFromUtf8("the one attempt."))
          .setTarget(FRESH)
          .addSources(ShardRange.newBuilder().setId(SHARD))
          .build();
    }

    private ShardMover mover() {
      Coordinator coordinator = world.coordinator(30, world.network());
      return new ShardMover(
          coordinator,
          world,
          world.network(),
          world.simulation,
          world.time,
          bytes -> {},
          longestNanos);
    }

    private Store store(int node, Network network) {
      return Store.of(world.coordinator(node, network), world.time, new MemoryBlobs());
    }

    private static Bucket bucket(Store store) {
      return store.buckets().find("bucket");
    }

    private static @Nullable String read(Store store) {
      StoredObject stored = store.objects().read(bucket(store), "b");
      return stored == null ? null : stored.row().getEtag();
    }

    private static void write(Store store) {
      try {
        store.objects().write(bucket(store), "b", ObjectRow.newBuilder().setEtag("v").build());
      } catch (StoreException unknown) {
        // The client never learns whether it was written.
      }
    }

    private void held(NodeId to, Request request, long deadline, Mailbox<Answer> answers) {
      boolean first =
          world
              .of(Bytes.wrap(SHARD.toByteArray()))
              .readSets()
              .getFirst()
              .nodes()
              .getFirst()
              .equals(to);
      if (!held || first || !(request instanceof Request.Propagate)) {
        world.network().send(to, request, deadline, answers);
      }
    }
  }
}
