package rondo.store.shard;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import rondo.metadata.listing.PageCursor;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.ShardMove;
import rondo.metadata.rows.ShardRange;
import rondo.metadata.rows.ShardRest;
import rondo.metadata.shard.MoveCleaner;
import rondo.metadata.shard.ShardMover;
import rondo.metadata.shard.ShardRanges;
import rondo.metadata.table.Keys;
import rondo.metadata.table.Tables;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.placement.Ring;
import rondo.ring.port.Network;
import rondo.ring.sim.ClientOperation;
import rondo.ring.sim.Linearizability;
import rondo.ring.sim.Simulation;
import rondo.ring.value.Bytes;
import rondo.store.MemoryBlobs;
import rondo.store.Store;
import rondo.store.TestRefusal;
import rondo.store.object.StoredObject;
import rondo.store.object.WriteCondition;
import rondo.store.row.Bucket;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;
import rondo.store.shard.ShardWorld.Mutation;

/**
 * A bucket's shards are split and merged, also into shards with more or fewer copies, while clients
 * write, read, write under conditions and list. Nodes, gateways' messages and movers fail. Every
 * key stays one linearizable register, and listings are complete. {@code -Dsim.seed=S} replays one
 * seed, {@code -Dsim.seeds=N} tries N seeds.
 */
@Tag("simulation")
final class ShardsTest {
  private static final int SEEDS = 80;
  private static final int SEEDS_TO_FIND_A_MUTATION = 3000;
  private static final List<String> NAMES = List.of("a/1", "a/2", "b", "c/1", "c/2", "d");
  private static final List<String> CUTS = List.of("a/2", "b", "c", "c/2", "d");
  private static final long UNTIL = 5_000 * Simulation.MILLIS;
  private static final long LONGEST = 2 * RowStore.PATIENCE_NANOS;

  /** The observations of a run. */
  record Seen(@Nullable String wrong, int moved, int givenUp, int answered, int unanswered) {
    Seen plus(Seen other) {
      return new Seen(
          wrong == null ? other.wrong : wrong,
          moved + other.moved,
          givenUp + other.givenUp,
          answered + other.answered,
          unanswered + other.unanswered);
    }
  }

  @Test
  void histories_stay_linearizable_while_shards_split_and_merge() {
    Long one = Long.getLong("sim.seed");
    if (one != null) {
      assertThat(new Run(one, Mutation.NONE, true, one % 4 == 3).run().wrong()).isNull();
      return;
    }
    var total = new Seen(null, 0, 0, 0, 0);
    for (long seed = 0; seed < Long.getLong("sim.seeds", SEEDS); seed++) {
      total = total.plus(new Run(seed, Mutation.NONE, false, seed % 4 == 3).run());
      assertThat(total.wrong()).isNull();
    }
    assertThat(total.moved()).isGreaterThan(SEEDS / 2);
    assertThat(total.givenUp()).isGreaterThan(SEEDS / 10);
    assertThat(total.answered()).isGreaterThan(10 * total.unanswered());
  }

  /** ANY_QUORUM is too rare to be met by chance, and has its own scene: {@link ClosedTailTest}. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"NONE", "ANY_QUORUM"})
  void a_broken_move_is_found_out(Mutation mutation) {
    for (long seed = 0; seed < SEEDS_TO_FIND_A_MUTATION; seed++) {
      if (new Run(seed, mutation, false, false).run().wrong() != null) {
        return;
      }
    }
    throw new AssertionError("nobody noticed " + mutation);
  }

  /** The run of one seed. */
  private static final class Run {
    private final long seed;
    private final ShardWorld world;
    private final boolean renews;
    private final Map<String, List<ClientOperation>> history = new TreeMap<>();
    private final List<Store> gateways = new ArrayList<>();
    private int clients;
    private boolean movers = true;
    private int values;
    private int moved;
    private int givenUp;
    private int answered;
    private int unanswered;
    private boolean done;

    /**
     * @param renews whether shards are renewed too, which takes long: the clients then run longer
     */
    Run(long seed, Mutation mutation, boolean tracing, boolean renews) {
      this.seed = seed;
      this.renews = renews;
      this.world = new ShardWorld(seed, mutation, tracing);
      NAMES.forEach(name -> history.put(name, new ArrayList<>()));
    }

    Seen run() {
      world.simulation.start("test", this::story);
      world.simulation.run(() -> done, 120_000 * Simulation.MILLIS);
      String wrong = done ? null : "seed " + seed + " doesn't come to its end";
      for (var key : history.entrySet()) {
        if (wrong == null && !Linearizability.holds(key.getValue())) {
          wrong = "seed " + seed + ", key " + key.getKey() + ": " + key.getValue();
        }
      }
      return new Seen(wrong, moved, givenUp, answered, unanswered);
    }

    private void story() {
      for (int i = 0; i < 3; i++) {
        var coordinator = world.coordinator(11 + i, world.network());
        gateways.add(Store.of(coordinator, world.time, new MemoryBlobs()));
      }
      ByteString first = id();
      BucketRow row =
          BucketRow.newBuilder()
              .setId(id())
              .setOwner("ann")
              .addShards(ShardRange.newBuilder().setId(first))
              .build();
      gateways.getFirst().rows().write(Keys.bucket("bucket"), RowStore.encode(row));
      for (Store store : gateways) {
        clients++;
        world.simulation.start("client", () -> client(store));
      }
      world.simulation.start("crashes", world::crashes);
      world.simulation.start("mover", this::mover);
      while (clients > 0) {
        world.simulation.pause(10 * Simulation.MILLIS);
      }
      world.heal();
      while (movers) {
        world.simulation.pause(10 * Simulation.MILLIS);
      }
      world.simulation.pause(3_000 * Simulation.MILLIS);
      for (Store store : gateways) {
        for (String name : NAMES) {
          read(store, name);
        }
        list(store);
      }
      done = true;
    }

    private ByteString id() {
      byte[] id = new byte[16];
      world.random.nextBytes(id);
      return ByteString.copyFrom(id);
    }

    private void client(Store store) {
      for (int i = 0; i < 25 && world.time.nanos() < (renews ? 12 * UNTIL : UNTIL); i++) {
        String name = NAMES.get(world.random.nextInt(NAMES.size()));
        switch (world.random.nextInt(7)) {
          case 0, 1 -> read(store, name);
          case 2 -> write(store, name, true);
          case 3 -> write(store, name, false);
          case 4, 5 -> conditional(store, name);
          default -> list(store);
        }
        world.simulation.pause(world.random.nextInt(renews ? 4000 : 60) * Simulation.MILLIS);
      }
      clients--;
    }

    private void note(
        String name,
        ClientOperation.Kind kind,
        @Nullable Bytes value,
        @Nullable Bytes expected,
        long start) {
      answered++;
      history
          .computeIfAbsent(name, it -> new ArrayList<>())
          .add(new ClientOperation(kind, value, expected, start, world.time.nanos()));
    }

    private void unknown(
        String name,
        ClientOperation.Kind kind,
        @Nullable Bytes value,
        @Nullable Bytes expected,
        long start) {
      unanswered++;
      history
          .computeIfAbsent(name, it -> new ArrayList<>())
          .add(new ClientOperation(kind, value, expected, start, Long.MAX_VALUE));
    }

    private static @Nullable Bytes value(@Nullable ObjectRow row) {
      return row == null ? null : Bytes.utf8(row.getEtag());
    }

    private void read(Store store, String name) {
      long start = world.time.nanos();
      try {
        StoredObject stored = store.objects().read(store.buckets().find("bucket"), name);
        note(
            name,
            ClientOperation.Kind.READ,
            stored == null ? null : value(stored.row()),
            null,
            start);
      } catch (StoreException refused) {
        unanswered++;
      }
    }

    private void write(Store store, String name, boolean there) {
      long start = world.time.nanos();
      ObjectRow row = ObjectRow.newBuilder().setEtag("v" + ++values).build();
      Bytes value = there ? value(row) : null;
      try {
        Bucket bucket = store.buckets().find("bucket");
        if (there) {
          store.objects().write(bucket, name, row);
        } else {
          store.objects().delete(bucket, name, ObjectRow.getDefaultInstance(), null);
        }
        note(name, ClientOperation.Kind.WRITE, value, null, start);
      } catch (StoreException refused) {
        if (refused.reason() != Reason.NOT_DONE) {
          unknown(name, ClientOperation.Kind.WRITE, value, null, start);
        } else {
          unanswered++;
        }
      }
    }

    /** Replaces the value that it finds, or writes only where there is none. */
    private void conditional(Store store, String name) {
      ObjectRow row = ObjectRow.newBuilder().setEtag("v" + ++values).build();
      boolean absent = world.random.nextBoolean();
      var found = new ObjectRow[1];
      WriteCondition condition =
          now -> {
            found[0] = now;
            return absent && now != null ? new TestRefusal() : null;
          };
      long start = world.time.nanos();
      try {
        store.objects().write(store.buckets().find("bucket"), name, row, condition);
        note(name, ClientOperation.Kind.WON, value(row), value(found[0]), start);
      } catch (TestRefusal declined) {
        note(name, ClientOperation.Kind.DECLINED, null, value(found[0]), start);
      } catch (StoreException refused) {
        if (refused.reason() == Reason.NOT_DONE) {
          unanswered++;
        } else {
          unknown(name, ClientOperation.Kind.WON, value(row), value(found[0]), start);
        }
      }
    }

    private void list(Store store) {
      long start = world.time.nanos();
      try {
        var shown = new ArrayList<String>();
        PageCursor.from(
                Bytes.EMPTY,
                from ->
                    store
                        .listing()
                        .page(
                            store.buckets().find("bucket"),
                            Tables.OBJECTS,
                            Bytes.EMPTY,
                            from,
                            null,
                            2))
            .forEach(entry -> shown.add(entry.sort().utf8()));
        for (String name : NAMES) {
          var kind =
              shown.contains(name) ? ClientOperation.Kind.LISTED : ClientOperation.Kind.NOT_LISTED;
          note(name, kind, null, null, start);
        }
      } catch (StoreException refused) {
        unanswered++;
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
      Coordinator coordinator = world.coordinator(30, network);
      BucketRow row = gateways.getFirst().buckets().fresh("bucket").row();
      if (row.hasMove()) {
        mover(coordinator, network).giveUp("bucket", row.getMove());
        return;
      }
      if (row.getRestsCount() > 0 && world.random.nextBoolean()) {
        ShardRest rest = row.getRests(0);
        new MoveCleaner(
                coordinator, world, network, world.simulation, world.time, Simulation.MILLIS)
            .clean("bucket", rest);
        return;
      }
      ShardMove move = world.random.nextInt(3) == 0 ? merge(row) : split(row);
      if (move != null) {
        ShardMover mover = mover(coordinator, network);
        var result = renews ? mover.renew("bucket", move) : mover.move("bucket", move);
        world.simulation.trace("move: " + result);
        moved += result.isDone() ? 1 : 0;
        givenUp += result.isDone() ? 0 : 1;
      }
    }

    private ShardMover mover(Coordinator coordinator, Network network) {
      return new ShardMover(
          coordinator, world, network, world.simulation, world.time, bytes -> {}, LONGEST);
    }

    private ShardMove.Builder move() {
      // Now and then the move goes to another number of copies.
      int number = Math.max(0, world.random.nextInt(7) - 4);
      Bytes target = Ring.ofClass(number, RowStore.bytes(id()));
      return ShardMove.newBuilder().setAttempt(id()).setTarget(RowStore.text(target));
    }

    private @Nullable ShardMove split(BucketRow row) {
      Bytes at = Bytes.utf8(CUTS.get(world.random.nextInt(CUTS.size())));
      ShardRange range = ShardRanges.of(row, at);
      return move().addSources(range.toBuilder().setFrom(RowStore.text(at))).build();
    }

    private @Nullable ShardMove merge(BucketRow row) {
      if (row.getShardsCount() < 2) {
        return null;
      }
      int first = world.random.nextInt(row.getShardsCount() - 1);
      int end = first + 2 + world.random.nextInt(row.getShardsCount() - first - 1);
      return move().addAllSources(row.getShardsList().subList(first, end)).build();
    }
  }
}
