package rondo.store.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.google.protobuf.ByteString;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.FenceRow;
import rondo.metadata.rows.GoneBucket;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.ShardRange;
import rondo.metadata.rows.ShardRest;
import rondo.metadata.rows.UndeleteWindow;
import rondo.metadata.shard.KeyHome;
import rondo.metadata.shard.MoveCleaner;
import rondo.metadata.shard.TailLocator;
import rondo.metadata.table.Keys;
import rondo.metadata.table.Tables;
import rondo.ring.sim.Simulation;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;
import rondo.store.MemoryBlobs;
import rondo.store.Store;
import rondo.store.bucket.DeletedBuckets;
import rondo.store.bucket.DeletedBuckets.Return;
import rondo.store.history.HistoryReader;
import rondo.store.row.Bucket;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;

/** A removed bucket leaves no rows behind; a bucket that isn't removed keeps all of them. */
@Tag("simulation")
final class GoneBucketsTest {
  private static final ByteString SHARD = ByteString.copyFromUtf8("the first shard.");
  private static final ByteString ID = ByteString.copyFromUtf8("bucket's own id.");
  private static final Bytes ROWS = Bytes.wrap(SHARD.toByteArray());

  private final ShardWorld world = new ShardWorld(1, ShardWorld.Mutation.NONE, false);
  private final Store store =
      Store.of(world.coordinator(11, world.network()), world.time, new MemoryBlobs());
  private boolean done;

  private void run(Runnable story) {
    world.heal();
    world.simulation.start(
        "story",
        () -> {
          BucketRow row =
              BucketRow.newBuilder()
                  .setId(ID)
                  .setOwner("ann")
                  .addShards(ShardRange.newBuilder().setId(SHARD))
                  .build();
          store.rows().write(Keys.bucket("bucket"), RowStore.encode(row));
          story.run();
          done = true;
        });
    world.simulation.run(() -> done, 1_000_000 * Simulation.MILLIS);
    assertThat(done).isTrue();
  }

  private Bucket bucket() {
    return store.buckets().find("bucket");
  }

  private void put() {
    store.objects().write(bucket(), "key", ObjectRow.newBuilder().setEtag("v").build());
  }

  private void delete() {
    store.objects().delete(bucket(), "key", ObjectRow.getDefaultInstance(), null);
  }

  private int look() {
    int ended = 0;
    for (int i = 1; i <= 4; i++) {
      var assignment = new BucketAssignment(new NodeId(i), world, node -> false);
      var cleaner =
          new MoveCleaner(
              world.coordinator(30 + i, world.network()),
              world,
              world.network(),
              world.simulation,
              world.time,
              Simulation.MILLIS);
      ended += new GoneBuckets(store, assignment, cleaner, world.time).walk();
    }
    return ended;
  }

  /**
   * Looks until one bucket has no rows left: the fence reaches the last replica only after a while.
   */
  private void lookUntilOneEnds() {
    int ended = 0;
    for (int i = 0; i < 10 && ended == 0; i++) {
      ended = look();
      world.simulation.pause(100 * Simulation.MILLIS);
    }
    assertThat(ended).isEqualTo(1);
  }

  @Test
  void the_rows_of_a_removed_bucket_go() {
    run(() -> {
      put();
      delete();
      store.buckets().remove(bucket());
      assertThat(look()).as("too early").isZero();
      assertThat(world.rows(Tables.OBJECTS, ROWS)).isPositive();

      world.simulation.pause(180_000 * Simulation.MILLIS);
      lookUntilOneEnds();
      assertThat(world.rows(Tables.OBJECTS, ROWS)).isZero();
      assertThat(look()).as("nothing is left to do").isZero();
      var coordinator = world.coordinator(40, world.network());
      assertThat(new TailLocator(coordinator, world.time).home(ROWS, Bytes.utf8("key")))
          .isEqualTo(new KeyHome.Nowhere());
    });
  }

  @Test
  void a_bucket_with_an_object_keeps_it() {
    run(() -> {
      put();
      var refused =
          catchThrowableOfType(StoreException.class, () -> store.buckets().remove(bucket()));
      assertThat(refused.reason()).isEqualTo(Reason.BUCKET_NOT_EMPTY);
      world.simulation.pause(180_000 * Simulation.MILLIS);
      assertThat(look()).isZero();
      assertThat(store.objects().read(bucket(), "key")).isNotNull();
    });
  }

  @Test
  void a_bucket_whose_removal_came_to_nothing_keeps_everything() {
    run(() -> {
      put();
      var left =
          GoneBucket.newBuilder()
              .setName("bucket")
              .setId(ID)
              .addRests(ShardRest.newBuilder().setShard(SHARD))
              .build();
      store.rows().write(Keys.gone(Bytes.wrap(ID.toByteArray())), RowStore.encode(left));
      world.simulation.pause(180_000 * Simulation.MILLIS);
      assertThat(look()).isZero();
      assertThat(store.objects().read(bucket(), "key")).isNotNull();
      assertThat(store.rows().read(Keys.gone(Bytes.wrap(ID.toByteArray()))).value()).isNull();
    });
  }

  @Test
  void a_bucket_of_the_same_name_is_another_one() {
    run(() -> {
      put();
      delete();
      store.buckets().remove(bucket());
      BucketRow next =
          BucketRow.newBuilder()
              .setId(ByteString.copyFromUtf8("another one's id"))
              .setOwner("bob")
              .addShards(ShardRange.newBuilder().setId(ByteString.copyFromUtf8("the second shard")))
              .build();
      store.rows().write(Keys.bucket("bucket"), RowStore.encode(next));
      world.simulation.pause(180_000 * Simulation.MILLIS);
      put();
      lookUntilOneEnds();
      assertThat(world.rows(Tables.OBJECTS, ROWS)).isZero();
      assertThat(store.objects().read(bucket(), "key")).isNotNull();
    });
  }

  private void window() {
    var days = UndeleteWindow.newBuilder().setDays(7).setFromMicros(1);
    store.buckets().change(bucket(), row -> row.toBuilder().setUndeleteWindow(days).build());
  }

  private DeletedBuckets deleted() {
    return new DeletedBuckets(store.rows());
  }

  @Test
  void a_removed_bucket_with_a_window_keeps_its_rows_and_comes_back() {
    run(() -> {
      window();
      put();
      long then = world.time.wallMicros();
      world.simulation.pause(1_000 * Simulation.MILLIS);
      delete();
      store.buckets().remove(bucket());
      world.simulation.pause(180_000 * Simulation.MILLIS);
      assertThat(look()).as("kept").isZero();
      assertThat(world.rows(Tables.VERSIONS, ROWS)).isPositive();
      assertThat(deleted().bringBack("other")).isEqualTo(Return.NONE);
      assertThat(deleted().bringBack("bucket")).isEqualTo(Return.RETURNED);
      assertThat(deleted().bringBack("bucket")).isEqualTo(Return.NONE);
      assertThat(store.objects().read(bucket(), "key")).isNull();
      assertThat(new HistoryReader(store).find(bucket(), "key", then)).isNotNull();
      put();
      assertThat(store.objects().read(bucket(), "key")).isNotNull();
    });
  }

  @Test
  void a_return_that_was_cut_off_is_completed_in_the_background() {
    run(() -> {
      window();
      put();
      delete();
      store.buckets().remove(bucket());
      var gone = deleted().list().getFirst();
      store.rows().write(Keys.bucket("bucket"), RowStore.encode(gone.getRow()));
      world.simulation.pause(180_000 * Simulation.MILLIS);
      assertThat(look()).isZero();
      put();
      assertThat(store.objects().read(bucket(), "key")).isNotNull();
      assertThat(deleted().list()).isEmpty();
    });
  }

  @Test
  void keys_that_had_moved_are_still_known_while_the_bucket_is_kept() {
    run(() -> {
      window();
      put();
      delete();
      store.buckets().remove(bucket());
      var fence =
          FenceRow.newBuilder().setBucket("bucket").setBucketId(ID).setEnd(ByteString.EMPTY);
      Bytes once = Bytes.utf8("a shard of once.");
      store.rows().write(Keys.fence(once), RowStore.encode(fence.build()));
      var locator = new TailLocator(world.coordinator(40, world.network()), world.time);
      assertThat(locator.home(once, Bytes.utf8("key"))).isEqualTo(new KeyHome.In(ROWS));
    });
  }

  @Test
  void a_kept_bucket_goes_when_its_window_has_ended() {
    run(() -> {
      window();
      put();
      delete();
      store.buckets().remove(bucket());
      var gone = deleted().list().getFirst();
      var ended =
          gone.toBuilder().setKeptUntilMicros(-Duration.ofHours(2).toNanos() / 1_000).build();
      store.rows().write(Keys.gone(Bytes.wrap(ID.toByteArray())), RowStore.encode(ended));
      assertThat(deleted().bringBack("bucket")).isEqualTo(Return.NONE);
      world.simulation.pause(180_000 * Simulation.MILLIS);
      lookUntilOneEnds();
      assertThat(world.rows(Tables.VERSIONS, ROWS)).isZero();
    });
  }
}
