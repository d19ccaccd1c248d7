package rondo.store.shard;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.PartRow;
import rondo.metadata.rows.ShardMove;
import rondo.metadata.rows.ShardRange;
import rondo.metadata.rows.UploadRow;
import rondo.metadata.shard.ShardMover;
import rondo.metadata.shard.ShardRanges;
import rondo.metadata.table.Keys;
import rondo.ring.sim.Simulation;
import rondo.ring.value.Bytes;
import rondo.store.MemoryBlobs;
import rondo.store.Store;
import rondo.store.listing.VersionListing;
import rondo.store.object.StoredObject;
import rondo.store.object.VersionId;
import rondo.store.row.Bucket;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;
import rondo.store.shard.ShardWorld.Mutation;
import rondo.store.upload.Upload;
import rondo.store.upload.UploadTable;

/**
 * Versions and uploads move along when shards are split and merged under their clients. At the end
 * every acknowledged version is listed once, and no removed one is. In every second run a layout
 * change begins and is given up again and again. {@code -Dsim.seed=S} replays one seed, {@code
 * -Dsim.seeds=N} tries N seeds.
 */
@Tag("simulation")
final class ShardVersionsTest {
  private static final int SEEDS = 25;
  private static final int SEEDS_TO_FIND_A_MUTATION = 1000;
  private static final List<String> NAMES = List.of("a/1", "a/2", "b", "c/1", "c/2", "d");
  private static final List<String> CUTS = List.of("a/2", "b", "c", "c/2", "d");

  private int moved;
  private int versions;

  @Test
  void versions_and_uploads_stay_and_removed_ones_stay_away() {
    Long one = Long.getLong("sim.seed");
    if (one != null) {
      new Run(one, Mutation.NONE).run();
      return;
    }
    for (long seed = 0; seed < Long.getLong("sim.seeds", SEEDS); seed++) {
      new Run(seed, Mutation.NONE).run();
    }
    assertThat(moved).isGreaterThan(SEEDS / 2);
    assertThat(versions).isGreaterThan(10 * SEEDS);
  }

  @Test
  void a_tail_that_is_never_closed_is_found_out() {
    for (long seed = 0; seed < SEEDS_TO_FIND_A_MUTATION; seed++) {
      try {
        new Run(seed, Mutation.NO_CLOSE).run();
      } catch (AssertionError found) {
        assertThat(found).hasStackTraceContaining("[seed " + seed + "]");
        return;
      }
    }
    throw new IllegalStateException("nobody noticed");
  }

  /** The run of one seed. */
  private final class Run {
    private final long seed;
    private final ShardWorld world;
    private final List<Store> gateways = new ArrayList<>();
    private final Set<String> kept = new TreeSet<>();
    private final Set<String> maybe = new TreeSet<>();
    private final Set<String> touched = new TreeSet<>();
    private final Set<String> removed = new TreeSet<>();
    private final Set<String> uploads = new TreeSet<>();
    private final Set<String> ended = new TreeSet<>();
    private int clients;
    private int values;
    private boolean movers = true;
    private boolean done;

    Run(long seed, Mutation mutation) {
      this.seed = seed;
      this.world = new ShardWorld(seed, mutation, false);
    }

    void run() {
      world.simulation.start("test", this::story);
      world.simulation.run(() -> done, 240_000 * Simulation.MILLIS);
      assertThat(done).as("seed %d comes to its end", seed).isTrue();
    }

    private ByteString id() {
      byte[] id = new byte[16];
      world.random.nextBytes(id);
      return ByteString.copyFrom(id);
    }

    private void story() {
      for (int i = 0; i < 3; i++) {
        gateways.add(
            Store.of(world.coordinator(11 + i, world.network()), world.time, new MemoryBlobs()));
      }
      BucketRow row =
          BucketRow.newBuilder()
              .setId(id())
              .setOwner("ann")
              .setVersioning(BucketRow.Versioning.ENABLED)
              .addShards(ShardRange.newBuilder().setId(id()))
              .build();
      gateways.getFirst().rows().write(Keys.bucket("bucket"), RowStore.encode(row));
      for (Store store : gateways) {
        clients++;
        world.simulation.start("client", () -> client(store));
      }
      world.simulation.start("crashes", world::crashes);
      if (seed % 2 == 0) {
        world.simulation.start("layouts", world::layoutChanges);
      }
      world.simulation.start("mover", this::mover);
      while (clients > 0 || movers) {
        world.simulation.pause(10 * Simulation.MILLIS);
        if (clients == 0) {
          world.heal();
        }
      }
      world.simulation.pause(3_000 * Simulation.MILLIS);
      check();
      done = true;
    }

    private Bucket bucket(Store store) {
      return store.buckets().find("bucket");
    }

    private void client(Store store) {
      for (int i = 0; i < 20; i++) {
        String name = NAMES.get(world.random.nextInt(NAMES.size()));
        try {
          switch (world.random.nextInt(6)) {
            case 0, 1, 2 -> put(store, name);
            case 3 -> remove(store, name);
            case 4 -> upload(store, name);
            default -> delete(store, name);
          }
        } catch (StoreException refused) {
          world.simulation.trace("refused: " + refused.reason());
        }
        world.simulation.pause(world.random.nextInt(60) * Simulation.MILLIS);
      }
      clients--;
    }

    private void put(Store store, String name) {
      String value = name + "=" + ++values;
      var row = ObjectRow.newBuilder().setEtag(value).build();
      maybe.add(value);
      store.objects().write(bucket(store), name, row);
      // Other clients may have seen and removed it before this answer came.
      if (!touched.contains(value)) {
        kept.add(value);
      }
      versions++;
    }

    private void delete(Store store, String name) {
      store.objects().delete(bucket(store), name, ObjectRow.getDefaultInstance(), null);
    }

    /** Removes the current version, for good. */
    private void remove(Store store, String name) {
      StoredObject stored = store.objects().read(bucket(store), name);
      if (stored == null || stored.row().getDeleteMarker()) {
        return;
      }
      String value = stored.row().getEtag();
      kept.remove(value);
      touched.add(value);
      store.objects().remove(bucket(store), name, VersionId.of(stored.row()), version -> null);
      removed.add(value);
    }

    /** Begins an upload; some stay open, some are completed. */
    private void upload(Store store, String name) {
      String id = store.uploads().create(bucket(store), name, UploadRow.getDefaultInstance());
      uploads.add(id);
      PartRow part = PartRow.newBuilder().addSegments(MemoryBlobs.segment(id)).build();
      store.uploads().put(store.uploads().open(bucket(store), name, id), 1, part);
      if (world.random.nextBoolean()) {
        uploads.remove(id);
        ended.add(id);
        store.uploads().abort(bucket(store), name, id);
      }
    }

    private void mover() {
      while (clients > 0) {
        try {
          step();
        } catch (ShardWorld.Crash crash) {
          world.simulation.trace("the mover is dead");
        } catch (StoreException later) {
          world.simulation.trace("later");
        }
        world.simulation.pause(world.random.nextInt(300) * Simulation.MILLIS);
      }
      movers = false;
    }

    private void step() {
      var network = world.mortal(world.random.nextInt(3) == 0 ? 120 : 100_000);
      var coordinator = world.coordinator(30, network);
      var mover =
          new ShardMover(
              coordinator,
              world,
              network,
              world.simulation,
              world.time,
              bytes -> {},
              2 * RowStore.PATIENCE_NANOS);
      BucketRow row = gateways.getFirst().buckets().fresh("bucket").row();
      if (row.hasMove()) {
        mover.giveUp("bucket", row.getMove());
        return;
      }
      ShardMove move = move(row);
      if (move != null && mover.move("bucket", move).isDone()) {
        moved++;
      }
    }

    private @Nullable ShardMove move(BucketRow row) {
      var move = ShardMove.newBuilder().setAttempt(id()).setTarget(id());
      if (world.random.nextInt(3) == 0) {
        if (row.getShardsCount() < 2) {
          return null;
        }
        int first = world.random.nextInt(row.getShardsCount() - 1);
        return move.addSources(row.getShards(first)).addSources(row.getShards(first + 1)).build();
      }
      Bytes at = Bytes.utf8(CUTS.get(world.random.nextInt(CUTS.size())));
      ShardRange range = ShardRanges.of(row, at);
      return move.addSources(range.toBuilder().setFrom(RowStore.text(at))).build();
    }

    private void check() {
      for (Store store : gateways) {
        List<String> listed = listed(store);
        assertThat(listed).as("seed %d", seed).doesNotHaveDuplicates().containsAll(kept);
        var known = new TreeSet<>(maybe);
        known.removeAll(removed);
        assertThat(known).as("seed %d", seed).containsAll(listed);
        var open = new ArrayList<UploadTable.Entry>();
        store.uploads().list(bucket(store), "", null, "", "", 1000, open);
        var ids = open.stream().map(UploadTable.Entry::id).toList();
        assertThat(ids).as("seed %d", seed).doesNotHaveDuplicates().containsAll(uploads);
        for (UploadTable.Entry entry : open) {
          parts(store, entry);
        }
      }
    }

    private void parts(Store store, UploadTable.Entry entry) {
      try {
        Upload upload = store.uploads().open(bucket(store), entry.name(), entry.id());
        int parts = store.uploads().parts(upload, 0, 10).size();
        assertThat(parts).as("seed %d, %s", seed, entry.id()).isLessThanOrEqualTo(1);
      } catch (StoreException ending) {
        assertThat(ending.reason()).isEqualTo(Reason.NO_SUCH_UPLOAD);
        assertThat(uploads).doesNotContain(entry.id());
      }
    }

    /** Lists the values of all versions, three at a time. */
    private List<String> listed(Store store) {
      var values = new ArrayList<String>();
      var scope = new VersionListing.Scope(Bytes.EMPTY, null, 3);
      VersionListing listing =
          new VersionListing(store.objects(), store.listing(), bucket(store), scope);
      VersionListing.Page page = listing.from(Bytes.EMPTY);
      while (true) {
        for (VersionListing.Entry entry : page.entries()) {
          ObjectRow row = Objects.requireNonNull(entry.row());
          if (!row.getDeleteMarker()) {
            values.add(row.getEtag());
          }
        }
        if (!page.more()) {
          return values;
        }
        VersionListing.Entry last = page.entries().getLast();
        VersionId id = VersionId.of(Objects.requireNonNull(last.row()));
        page =
            new VersionListing(store.objects(), store.listing(), bucket(store), scope)
                .behind(last.name(), id);
      }
    }
  }
}
