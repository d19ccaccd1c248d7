package rondo.storage.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rondo.metadata.engine.Durability;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineOptions;
import rondo.metadata.engine.TickingTime;
import rondo.metadata.engine.lsm.LogEngine;
import rondo.metadata.table.Keys;
import rondo.metadata.table.Tables;
import rondo.ring.hint.Hint;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.ScanRange;
import rondo.ring.placement.Ring;
import rondo.ring.rebuild.LostRanges;
import rondo.ring.value.Ballot;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/**
 * Tests a replica that loses rows by damage: it abstains, another replica brings the rows back, and
 * it is as before.
 */
@Timeout(120)
@Tag("long")
final class LostRowRangesTest {
  private static final Ring RING = new Ring(16);
  private static final NodeId PEER = new NodeId(2);
  private static final int ROWS = 1500;
  private static final EngineOptions OPTIONS =
      new EngineOptions(Durability.NONE, 10_000, 1 << 20, 100, 1 << 20, 1 << 18, 1 << 20);
  private static final Ballot BALLOT = new Ballot(5, 77);

  @TempDir private Path folder;

  private static Key key(int i) {
    return Keys.object(Bytes.utf8("shard " + i % 3), Bytes.utf8("key %05d".formatted(i)));
  }

  private static void fill(NodeReplica replica) {
    for (int i = 0; i < ROWS; i++) {
      Bytes value = i % 7 == 0 ? null : Bytes.utf8("value " + i);
      var state = new VersionedValue(new Stamp(10 + i, 1, 0), value);
      replica.answer(new Request.Propagate(1, key(i), state));
      if (i % 5 == 0) {
        replica.answer(new Request.Prepare(1, key(i), state.stamp(), BALLOT));
      }
    }
  }

  /** Damages, in every checkpoint of the folder, the block in which a row stands. */
  private static void damage(Path folder) throws IOException {
    try (var files = Files.list(folder)) {
      for (Path table : files.filter(file -> file.toString().endsWith(".table")).toList()) {
        byte[] bytes = Files.readAllBytes(table);
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        try (var file = new RandomAccessFile(table.toFile(), "rw")) {
          file.seek(Math.max(100, text.lastIndexOf("value")));
          file.write('V');
        }
      }
    }
  }

  private static Bytes everything() {
    var all = new BitSet();
    all.set(0, RING.partitions());
    return Bytes.wrap(all.toByteArray());
  }

  private static Reply sums(NodeReplica replica) {
    return replica.answer(new Request.SumPartitions(1, everything()));
  }

  /** Counts rows until it is done, or can't go on. */
  private static SumProgress count(NodeReplica replica) {
    SumProgress counting = replica.countMore();
    while (counting == SumProgress.MORE) {
      counting = replica.countMore();
    }
    return counting;
  }

  /** Waits until the engine has salvaged what it can read, and knows its lost ranges. */
  private static void find(Engine engine) {
    engine.verify(Engine.Pace.UNLIMITED);
    while (engine.lostRanges().isEmpty()
        || !engine.verify(Engine.Pace.UNLIMITED).damaged().isEmpty()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  private static void rebuild(NodeReplica from, LostRanges losses) {
    for (LostRanges.KeyRange loss : losses.open()) {
      losses.begin(loss);
      Key at = loss.from();
      while (at != null) {
        var pull = new Request.PullRegisters(1, everything(), at, loss.to(), 50);
        if (!(from.answer(pull)
            instanceof Reply.Registers(List<Reply.Register> registers, Key next))) {
          throw new AssertionError("not told");
        }
        assertThat(losses.take(Objects.requireNonNull(LostRanges.Register.read(registers))))
            .isTrue();
        at = next;
      }
      assertThat(losses.end(loss, null)).isTrue();
    }
  }

  @Test
  void it_refuses_what_it_lost_counts_again_and_is_as_before_when_it_was_told() throws IOException {
    Path here = folder.resolve("here");
    try (var engine = LogEngine.open(here, OPTIONS, new TickingTime())) {
      fill(new NodeReplica(engine, () -> RING));
    }
    damage(here);
    try (var engine = LogEngine.open(here, OPTIONS, new TickingTime());
        var other = LogEngine.open(folder.resolve("other"), OPTIONS, new TickingTime())) {
      var replica = new NodeReplica(engine, () -> RING);
      var peer = new NodeReplica(other, () -> RING);
      fill(peer);
      assertThat(count(replica)).as("damage was met").isEqualTo(SumProgress.LATER);
      find(engine);
      assertThat(count(replica)).isEqualTo(SumProgress.LATER);
      assertThat(sums(replica)).isInstanceOf(Reply.Refused.class);
      int lost = 0;
      for (int i = 0; i < ROWS; i++) {
        lost += refuses(replica, i) ? 1 : 0;
      }
      assertThat(lost).isBetween(10, ROWS - 10);
      assertRefusesScan(replica);

      rebuild(peer, replica.losses(new EngineHints(engine, 1 << 20)));
      assertThat(engine.isWhole()).isTrue();
      assertThat(count(replica)).isEqualTo(SumProgress.DONE);
      assertThat(count(peer)).isEqualTo(SumProgress.DONE);
      assertThat(sums(replica)).isEqualTo(sums(peer));
      for (int i = 0; i < ROWS; i++) {
        var query = new Request.Query(1, key(i), true);
        assertThat(replica.answer(query)).isEqualTo(peer.answer(query));
        var low = new Ballot(4, 78);
        var prepare = new Request.Prepare(1, key(i), new Stamp(10 + i, 1, 0), low);
        assertThat(replica.answer(prepare)).isEqualTo(peer.answer(prepare));
      }
    }
  }

  /** Whether the replica refuses every kind of request for a key; fails if it refuses only some. */
  private static boolean refuses(NodeReplica replica, int i) {
    var stamp = new Stamp(10 + i, 1, 0);
    var query = replica.answer(new Request.Query(1, key(i), true));
    if (!(query instanceof Reply.Refused)) {
      return false;
    }
    var state = new VersionedValue(new Stamp(9_999, 1, 0), Bytes.utf8("later"));
    var high = new Ballot(99, 78);
    for (Request.Rows request :
        List.of(
            new Request.Propagate(1, key(i), state),
            new Request.Prepare(1, key(i), stamp, high),
            new Request.Accept(1, key(i), stamp, high, high, null),
            new Request.FetchRows(1, List.of(key(i))),
            new Request.PullRegisters(1, everything(), key(i), null, 10))) {
      assertThat(replica.answer(request))
          .isInstanceOfSatisfying(
              Reply.Refused.class,
              refused -> assertThat(refused.reason()).isEqualTo(Reply.Reason.UNAVAILABLE));
    }
    return true;
  }

  private static void assertRefusesScan(NodeReplica replica) {
    var refused =
        List.of(0, 1, 2).stream()
            .map(shard ->
                replica.answer(
                    new Request.Scan(
                        1,
                        new ScanRange(
                            Tables.OBJECTS,
                            Bytes.utf8("shard " + shard),
                            Bytes.EMPTY,
                            Bytes.EMPTY,
                            null,
                            ROWS),
                        false)))
            .filter(reply -> reply instanceof Reply.Refused)
            .count();
    assertThat(refused).isPositive();
    assertThat(replica.answer(new Request.PullRows(1, everything(), null, 10 * ROWS)))
        .isInstanceOf(Reply.Refused.class);
  }

  @Test
  void hints_that_were_lost_are_given_up_and_counted_and_others_stay() throws IOException {
    Path here = folder.resolve("hints");
    try (var engine = LogEngine.open(here, OPTIONS, new TickingTime())) {
      var hints = new EngineHints(engine, 1 << 20);
      for (int i = 0; i < ROWS; i++) {
        var state = new VersionedValue(new Stamp(10 + i, 1, 0), Bytes.utf8("value " + i));
        assertThat(hints.add(PEER, List.of(new Hint(i, key(i), state)))).isTrue();
      }
    }
    damage(here);
    try (var engine = LogEngine.open(here, OPTIONS, new TickingTime())) {
      find(engine);
      var hints = new EngineHints(engine, 1 << 20);
      assertThat(engine.isWhole()).isTrue();
      assertThat(hints.lost()).isEqualTo(1);
      assertThat(hints.count()).isBetween(1L, ROWS - 1L);
      assertThat(hints.oldest(PEER, ROWS)).hasSize((int) hints.count());
      assertThat(new NodeReplica(engine, () -> RING).losses(hints).open()).isEmpty();
    }
  }

  @Test
  void a_whole_loss_is_cut_so_that_fences_come_first_and_layouts_are_asked_of_voters()
      throws IOException {
    Path here = folder.resolve("whole");
    try (var engine = LogEngine.open(here, OPTIONS, new TickingTime())) {
      fill(new NodeReplica(engine, () -> RING));
    }
    try (var files = Files.list(here)) {
      for (Path sum : files.filter(file -> file.toString().endsWith(".sum")).toList()) {
        Files.delete(sum);
      }
    }
    try (var engine = LogEngine.open(here, OPTIONS, new TickingTime())) {
      var losses =
          new NodeReplica(engine, () -> RING).losses(new EngineHints(engine, 1 << 20)).open();
      assertThat(losses.getFirst().from().table()).isZero();
      assertThat(losses.getFirst().to())
          .isEqualTo(new Key(Tables.OBJECTS, Bytes.EMPTY, Bytes.EMPTY));
      assertThat(losses.stream().filter(LostRanges.KeyRange::voters).toList())
          .isNotEmpty()
          .allMatch(loss -> loss.from().table() == Tables.LAYOUT);
      assertThat(losses).noneMatch(loss -> loss.from().table() == Tables.HINTS);
      assertThat(losses.getLast().to()).isNull();
    }
  }
}
