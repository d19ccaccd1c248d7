package rondo.metadata.engine.lsm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rondo.metadata.engine.KnownRows.ROWS;
import static rondo.metadata.engine.KnownRows.check;
import static rondo.metadata.engine.KnownRows.files;
import static rondo.metadata.engine.KnownRows.flip;
import static rondo.metadata.engine.KnownRows.key;
import static rondo.metadata.engine.KnownRows.rewrite;
import static rondo.metadata.engine.KnownRows.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import rondo.metadata.engine.Durability;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.EngineOptions;
import rondo.metadata.engine.LostRange;
import rondo.metadata.engine.TickingTime;
import rondo.metadata.engine.block.BlockSums;
import rondo.ring.value.Bytes;

/** Damages checkpoints: only rows in the damaged parts are lost, and the engine remembers which. */
@Timeout(120)
@Tag("long")
final class LossTest {
  /** Checkpoints of some 1000 rows and 30 kB of table, which are not merged for their number. */
  private static final EngineOptions OPTIONS =
      new EngineOptions(Durability.NONE, 300_000, 1 << 20, 100, 1 << 20, 1 << 18, 1 << 20);

  /** Files that can be lost without losing a row. */
  private static final List<String> NO_ROWS = List.of(".filter", ".index");

  @TempDir private Path folder;

  private Path filled() {
    try (var engine = LogEngine.open(folder, OPTIONS, new TickingTime())) {
      for (int i = 0; i < ROWS; i++) {
        write(engine, i);
      }
    }
    return folder;
  }

  /** Waits until the engine has salvaged the damaged checkpoints that it found. */
  static void awaitNoDamage(LogEngine engine) {
    while (engine.damagedCheckpoints() > 0) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".table", ".values", ".filter", ".index", ".sum"})
  void a_flipped_bit_costs_what_it_must_and_no_more_and_is_remembered(String kind)
      throws IOException {
    filled();
    var random = new Random(7);
    for (int round = 0; round < 12; round++) {
      List<Path> found = files(folder, kind);
      Path file = found.get(random.nextInt(found.size()));
      // Round 0 flips the version, which must not look like that of a newer program.
      flip(file, round == 0 ? 11 : random.nextInt((int) Math.min(Files.size(file), 30_000)));
      int lost;
      try (var engine = LogEngine.open(folder, OPTIONS, new TickingTime())) {
        engine.verify(Engine.Pace.UNLIMITED);
        awaitNoDamage(engine);
        lost = check(engine);
        if (NO_ROWS.contains(kind)) {
          assertThat(lost).isZero();
        }
        // Later files may be checkpoints with rows from everywhere.
        assertThat(lost).isLessThanOrEqualTo(round > 0 || kind.equals(".sum") ? ROWS : ROWS / 4);
      }
      try (var engine = LogEngine.open(folder, OPTIONS, new TickingTime())) {
        assertThat(check(engine)).as("after another start").isEqualTo(lost);
        rewrite(engine);
        assertThat(check(engine)).isZero();
        assertThat(engine.isWhole()).isTrue();
      }
      try (var engine = LogEngine.open(folder, OPTIONS, new TickingTime())) {
        assertThat(check(engine)).isZero();
        assertThat(engine.verify(Engine.Pace.UNLIMITED).damaged()).isEmpty();
        assertThat(files(folder, ".damaged")).isEmpty();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {".table", ".values", ".filter", ".index", ".sum"})
  void a_missing_or_short_file_leaves_a_lost_range_and_the_engine_opens(String kind)
      throws IOException {
    filled();
    for (boolean missing : List.of(true, false)) {
      Path file = files(folder, kind).get(1);
      if (missing) {
        Files.delete(file);
      } else {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 20));
      }
      try (var engine = LogEngine.open(folder, OPTIONS, new TickingTime())) {
        awaitNoDamage(engine);
        int lost = check(engine);
        assertThat(lost == 0).isEqualTo(NO_ROWS.contains(kind));
        rewrite(engine);
        assertThat(check(engine)).isZero();
      }
    }
  }

  @Test
  void a_read_finds_damage_while_the_engine_runs_and_others_go_on() throws IOException {
    filled();
    try (var engine = LogEngine.open(folder, OPTIONS, new TickingTime())) {
      Path table = files(folder, ".table").getFirst();
      for (int block = 1; block < Files.size(table) / BlockSums.BLOCK_BYTES; block++) {
        flip(table, block * (long) BlockSums.BLOCK_BYTES + 99);
      }
      var refused = new ArrayList<Integer>();
      for (int i = 0; i < ROWS; i++) {
        try {
          engine.get(Bytes.utf8(key(i)));
        } catch (EngineException e) {
          refused.add(i);
        }
      }
      assertThat(refused).isNotEmpty();
      awaitNoDamage(engine);
      assertThat(engine.lostRanges()).isNotEmpty();
      assertThat(check(engine)).isPositive();
      assertThat(engine.isWhole()).isFalse();
    }
  }

  @Test
  void rows_written_into_a_lost_range_are_known_but_not_returned_until_it_is_mended()
      throws IOException {
    filled();
    flip(files(folder, ".table").getFirst(), 70);
    try (var engine = LogEngine.open(folder, OPTIONS, new TickingTime())) {
      engine.verify(Engine.Pace.UNLIMITED);
      awaitNoDamage(engine);
      LostRange lostRange = engine.lostRanges().getFirst();
      Bytes key = lostRange.from();
      engine.write(List.of(new Engine.Change(key, Bytes.utf8("new"))));
      assertThat(engine.getIntact(key)).isNotNull();
      assertThatThrownBy(() -> engine.get(key)).isInstanceOf(EngineException.class);
      engine.markRepaired(key, LostRange.behind(key));
      assertThat(engine.get(key)).isNotNull();
      assertThat(engine.lostRanges()).allMatch(left -> !left.holds(key));
      Bytes next = Bytes.concat(key, Bytes.utf8("a"));
      assertThat(engine.lostRanges()).anyMatch(left -> left.holds(next));
    }
  }
}
