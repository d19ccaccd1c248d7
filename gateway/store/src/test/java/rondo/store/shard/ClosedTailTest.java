package rondo.store.shard;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.ShardMove;
import rondo.metadata.rows.ShardRange;
import rondo.metadata.shard.ShardFence;
import rondo.metadata.shard.ShardMover;
import rondo.metadata.table.Keys;
import rondo.metadata.table.Tables;
import rondo.ring.message.Answer;
import rondo.ring.message.Request;
import rondo.ring.port.Mailbox;
import rondo.ring.sim.Simulation;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.store.MemoryBlobs;
import rondo.store.Store;
import rondo.store.object.StoredObject;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;
import rondo.store.shard.ShardWorld.Mutation;

/**
 * A race too rare for {@link ShardsTest} to meet by chance: a write is under way while its keys
 * move. The third replica has the write from before it was closed. The first replica, from which
 * the move copies, gets it after everything is copied. The two are no quorum only because the first
 * is closed as well.
 */
@Tag("simulation")
final class ClosedTailTest {
  private static final ByteString SHARD = ByteString.copyFromUtf8("the first shard.");

  @Test
  void a_write_that_comes_when_all_is_copied_goes_where_the_keys_are() {
    var scene = new Scene(Mutation.NONE);
    scene.run();
    assertThat(scene.acknowledged).isTrue();
    assertThat(scene.found).isEqualTo("v");
  }

  @Test
  void where_replicas_count_that_are_not_closed_it_is_lost() {
    var scene = new Scene(Mutation.ANY_QUORUM);
    scene.run();
    assertThat(scene.acknowledged).isTrue();
    assertThat(scene.found).isNull();
  }

  private static final class Scene {
    private final ShardWorld world;
    private final NodeId first;
    private final NodeId third;
    private boolean held = true;
    private boolean arrived;
    private boolean acknowledged;
    private boolean done;
    private @Nullable String found;

    Scene(Mutation mutation) {
      world = new ShardWorld(1, mutation, false);
      world.heal();
      List<NodeId> nodes = world.of(Bytes.wrap(SHARD.toByteArray())).writeSets().getFirst().nodes();
      first = nodes.getFirst();
      third = nodes.getLast();
    }

    void run() {
      world.simulation.start("scene", this::story);
      world.simulation.run(() -> done, 60_000 * Simulation.MILLIS);
      assertThat(done).isTrue();
    }

    private void story() {
      Store ann = Store.of(world.coordinator(11, world.network()), world.time, new MemoryBlobs());
      BucketRow row =
          BucketRow.newBuilder()
              .setId(ByteString.copyFromUtf8("bucket's own id."))
              .setOwner("ann")
              .addShards(ShardRange.newBuilder().setId(SHARD))
              .build();
      ann.rows().write(Keys.bucket("bucket"), RowStore.encode(row));
      world.simulation.start("late", this::write);
      while (!arrived) {
        world.simulation.pause(10 * Simulation.MILLIS);
      }
      world.simulation.pause(100 * Simulation.MILLIS);
      assertThat(mover().move("bucket", move()).why()).isNull();
      held = false;
      world.simulation.pause(8_000 * Simulation.MILLIS);
      StoredObject stored = ann.objects().read(ann.buckets().fresh("bucket"), "b");
      found = stored == null ? null : stored.row().getEtag();
      done = true;
    }

    private void write() {
      var late = Store.of(world.coordinator(12, this::toTheThird), world.time, new MemoryBlobs());
      try {
        ObjectRow row = ObjectRow.newBuilder().setEtag("v").build();
        late.objects().write(late.buckets().find("bucket"), "b", row);
        acknowledged = true;
      } catch (StoreException unknown) {
        acknowledged = false;
      }
    }

    private static ShardMove move() {
      return ShardMove.newBuilder()
          .setAttempt(ByteString.copyFromUtf8("the one attempt."))
          .setTarget(ByteString.copyFromUtf8("the fresh shard."))
          .addSources(ShardRange.newBuilder().setId(SHARD))
          .build();
    }

    private ShardMover mover() {
      return new ShardMover(
          world.coordinator(30, this::notToTheFirst),
          world,
          world.network(),
          world.simulation,
          world.time,
          bytes -> {},
          RowStore.PATIENCE_NANOS);
    }

    /** Lets the object's row reach the third replica only, for a while. */
    private void toTheThird(NodeId to, Request request, long deadline, Mailbox<Answer> answers) {
      boolean row = request instanceof Request.Propagate it && it.key().table() == Tables.OBJECTS;
      if (!held || !row || to.equals(third)) {
        arrived |= row;
        world.network().send(to, request, deadline, answers);
      }
    }

    /** Keeps the first replica from hearing on its own that the tail is closed. */
    private void notToTheFirst(NodeId to, Request request, long deadline, Mailbox<Answer> answers) {
      if (!to.equals(first) || !closes(request)) {
        world.network().send(to, request, deadline, answers);
      }
    }

    private static boolean closes(Request request) {
      return switch (request) {
        case Request.Accept it -> closes(it.key(), it.value());
        case Request.Propagate it -> closes(it.key(), it.state().value());
        default -> false;
      };
    }

    private static boolean closes(Key key, @Nullable Bytes value) {
      return key.table() == Tables.SHARDS && ShardFence.of(value).isTailClosed();
    }
  }
}
