package rondo.store.shard;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.ShardRange;
import rondo.metadata.table.Keys;
import rondo.ring.sim.Simulation;
import rondo.ring.value.NodeId;
import rondo.store.MemoryBlobs;
import rondo.store.Store;
import rondo.store.row.RowStore;
import rondo.store.shard.ShardWorld.Mutation;

/** When shards are split and merged, on virtual time. */
@Tag("simulation")
final class ShardWorkerTest {
  private static final long SECOND = 1000 * Simulation.MILLIS;
  private static final ShardSettings SETTINGS = new ShardSettings(1000, 20, SECOND);

  private final ShardWorld world = new ShardWorld(1, Mutation.NONE, false);
  private final Store store = store();
  private final List<Runnable> workers = new ArrayList<>();
  private final ShardCounters counters = new ShardCounters();
  private boolean done;

  private Store store() {
    return Store.of(world.coordinator(11, world.network()), world.time, new MemoryBlobs());
  }

  /** Runs a scenario on a bucket while the workers of all nodes work. */
  private void run(boolean spreads, Runnable story) {
    run(spreads, List.of(""), story);
  }

  /**
   * Runs a scenario on a bucket of several shards while the workers of all nodes work.
   *
   * @param shards where the shards begin
   */
  private void run(boolean spreads, List<String> shards, Runnable story) {
    world.heal();
    world.simulation.start(
        "test",
        () -> {
          BucketRow row =
              BucketRow.newBuilder()
                  .setId(ByteString.copyFromUtf8("bucket's id"))
                  .setOwner("ann")
                  .addAllShards(shards.stream().map(ShardWorkerTest::shard).toList())
                  .build();
          store.rows().write(Keys.bucket("bucket"), RowStore.encode(row));
          for (NodeId node : world.nodes()) {
            workers.add(worker(node, spreads).start(() -> true));
          }
          story.run();
          workers.forEach(Runnable::run);
          done = true;
        });
    world.simulation.run(() -> done, 3600 * SECOND);
    assertThat(done).isTrue();
  }

  private static ShardRange shard(String from) {
    return ShardRange.newBuilder()
        .setId(ByteString.copyFromUtf8("from " + from))
        .setFrom(ByteString.copyFromUtf8(from))
        .build();
  }

  private ShardWorker worker(NodeId node, boolean spreads) {
    var coordinator = world.coordinator((int) node.value(), world.network());
    var moving =
        new ShardMoveContext(
            coordinator, world, world.network(), world.simulation, world.time, () -> spreads);
    return new ShardWorker(
        Store.of(coordinator, world.time, new MemoryBlobs()),
        SETTINGS,
        world.sizes(node),
        new BucketAssignment(node, world, suspected -> false),
        moving,
        counters);
  }

  private List<String> shards() {
    return store.buckets().fresh("bucket").row().getShardsList().stream()
        .map(range -> range.getFrom().toStringUtf8())
        .toList();
  }

  private void put(String key) {
    store
        .objects()
        .write(store.buckets().find("bucket"), key, ObjectRow.newBuilder().setEtag(key).build());
  }

  private void delete(String key) {
    store
        .objects()
        .delete(store.buckets().find("bucket"), key, ObjectRow.getDefaultInstance(), null);
  }

  /** Writes some keys all over the shard, and then the same hundred at a hot rate. */
  private void heat() {
    for (int i = 0; i < 200; i++) {
      put("a%03d".formatted(i));
    }
    for (int i = 0; i < 6000; i++) {
      put("hot/%02d".formatted(i % 100));
    }
    world.simulation.pause(20 * SECOND);
  }

  @Test
  void a_hot_shard_is_split_in_the_middle_of_what_is_written_though_it_is_small() {
    run(
        true,
        () -> {
          heat();
          assertThat(shards()).hasSizeGreaterThan(1);
          assertThat(shards().get(1)).startsWith("hot/");
        });
  }

  @Test
  void a_hot_shard_stays_where_a_split_would_bring_it_to_the_same_nodes() {
    run(
        false,
        () -> {
          heat();
          assertThat(shards()).hasSize(1);
        });
  }

  @Test
  void shards_split_when_they_are_large_and_merge_when_neighbours_are_small_and_cold() {
    run(
        false,
        () -> {
          for (int i = 0; i < 3000; i++) {
            put("%04d".formatted(i * 7919 % 10_000));
          }
          world.simulation.pause(60 * SECOND);
          assertThat(shards()).hasSizeBetween(3, 8);
          for (int i = 0; i < 2950; i++) {
            delete("%04d".formatted(i * 7919 % 10_000));
          }
          world.simulation.pause(300 * SECOND);
          assertThat(shards()).hasSize(1);
          var left = new ArrayList<String>();
          store
              .listing()
              .page(
                  store.buckets().find("bucket"),
                  rondo.metadata.table.Tables.OBJECTS,
                  rondo.ring.value.Bytes.EMPTY,
                  rondo.ring.value.Bytes.EMPTY,
                  null,
                  1000)
              .entries()
              .forEach(entry -> left.add(entry.sort().utf8()));
          assertThat(left).hasSize(50).isSorted();
        });
  }

  @Test
  void many_small_and_cold_neighbours_become_one_at_once() {
    run(
        false,
        List.of("", "b", "c", "d", "e", "f", "g", "h"),
        () -> {
          for (String key : List.of("a", "c", "cc", "g", "z")) {
            put(key);
          }
          world.simulation.pause(300 * SECOND);
          assertThat(shards()).hasSize(1);
          // The first worker may merge a shard with those behind it, and another one those
          // before it.
          assertThat(counters.values().get("shard_merges")).isBetween(1L, 3L);
        });
  }
}
