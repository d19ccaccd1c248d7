package rondo.metadata.engine.rocks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static rondo.metadata.engine.KnownRows.ROWS;
import static rondo.metadata.engine.KnownRows.check;
import static rondo.metadata.engine.KnownRows.files;
import static rondo.metadata.engine.KnownRows.flip;
import static rondo.metadata.engine.KnownRows.rewrite;
import static rondo.metadata.engine.KnownRows.write;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.rocksdb.RocksDBException;
import rondo.metadata.engine.Durability;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineContract;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.EngineOptions;
import rondo.metadata.engine.KnownRows;
import rondo.metadata.engine.TickingTime;
import rondo.ring.value.Bytes;

/** Damages RocksDB's files: the engine copies the readable rows, and remembers the lost ranges. */
@Timeout(120)
@Tag("long")
final class RottenRocksTest {
  private static final EngineOptions OPTIONS =
      new EngineOptions(Durability.FSYNC, 300_000, 1 << 20, 3, 1 << 20, 1 << 18, 200_000);

  @TempDir private Path folder;

  private RocksEngine open() {
    return RocksEngine.open(folder, OPTIONS, new TickingTime());
  }

  private void fill() {
    try (RocksEngine engine = open()) {
      for (int i = 0; i < ROWS; i++) {
        write(engine, i);
      }
    }
    merge();
  }

  /** Compacts the database, so that each file has keys that no other has. */
  private void merge() {
    var setup = new RocksSetup(OPTIONS);
    try (var base = RocksBase.open(current(), setup)) {
      base.db().compactRange(base.rows());
    } catch (RocksDBException | IOException e) {
      throw new AssertionError(e);
    } finally {
      setup.close();
    }
  }

  /** Returns the folder of the database in use. */
  private Path current() throws IOException {
    return new RocksFolder(folder).current();
  }

  private int databases() throws IOException {
    try (var all = Files.list(folder)) {
      return (int) all.count();
    }
  }

  /** Waits until the engine has been rebuilt, with lost ranges or without. */
  private static void awaitRebuilt(Engine engine) {
    while (!engine.isWhole() && engine.lostRanges().isEmpty()) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  /**
   * Checks that so many rows are lost, that a restart remembers it, and that all is well after they
   * are written again.
   */
  private void checkRemembered(int lost) throws IOException {
    try (RocksEngine engine = open()) {
      assertThat(check(engine)).as("after another start").isEqualTo(lost);
      assertThat(engine.isWhole()).isEqualTo(engine.lostRanges().isEmpty());
      rewrite(engine);
      assertThat(check(engine)).isZero();
      assertThat(engine.isWhole()).isTrue();
    }
    try (RocksEngine engine = open()) {
      assertThat(check(engine)).isZero();
      assertThat(engine.verify(Engine.Pace.UNLIMITED).damaged()).isEmpty();
      assertThat(databases()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void a_flipped_bit_in_a_file_of_rows_costs_what_is_near_it_and_is_remembered(int seed)
      throws IOException {
    fill();
    var random = new Random(seed);
    int all = 0;
    for (int round = 0; round < 10; round++) {
      List<Path> found = files(current(), ".sst");
      Path file = found.get(random.nextInt(found.size()));
      flip(file, random.nextInt((int) Files.size(file)));
      int lost;
      try (RocksEngine engine = open()) {
        engine.verify(Engine.Pace.UNLIMITED);
        awaitRebuilt(engine);
        lost = check(engine);
        assertThat(engine.counters().damaged().sum()).isPositive();
        all += lost < ROWS ? lost : 0;
      }
      checkRemembered(lost);
    }
    assertThat(all).isBetween(1, 10 * ROWS / 4);
  }

  @Test
  void a_missing_or_short_file_of_rows_leaves_a_lost_range_and_the_engine_opens()
      throws IOException {
    fill();
    for (boolean missing : List.of(true, false)) {
      Path file = files(current(), ".sst").getFirst();
      if (missing) {
        Files.delete(file);
      } else {
        byte[] bytes = Files.readAllBytes(file);
        Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
      }
      int lost;
      try (RocksEngine engine = open()) {
        lost = check(engine);
        assertThat(lost).isPositive();
      }
      checkRemembered(lost);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CURRENT", "MANIFEST", ".log"})
  void where_it_is_not_known_what_is_missing_all_keys_are_lost_until_they_are_back(String which)
      throws IOException {
    fill();
    for (boolean missing : List.of(true, false)) {
      try (RocksEngine engine = open()) {
        for (int i = 0; i < ROWS; i += 1000) {
          write(engine, i);
        }
      }
      for (Path file : missing ? files(current(), which) : used(which)) {
        if (missing) {
          Files.delete(file);
        } else {
          flip(file, Files.size(file) / 2);
        }
      }
      try (RocksEngine engine = open()) {
        assertThat(check(engine)).isEqualTo(ROWS);
        int known = 0;
        for (int i = 0; i < ROWS; i++) {
          known += engine.getIntact(Bytes.utf8(KnownRows.key(i))) == null ? 0 : 1;
        }
        assertThat(known).isGreaterThan(ROWS * 9 / 10);
      }
      checkRemembered(ROWS);
    }
  }

  /** Returns the newest files of a kind, which have the last rows. */
  private List<Path> used(String which) throws IOException {
    if (which.equals("MANIFEST")) {
      return List.of(current().resolve(Files.readString(current().resolve("CURRENT")).strip()));
    }
    return files(current(), which).stream().filter(file -> file.toFile().length() > 0).toList();
  }

  @Test
  void a_read_finds_damage_and_the_engine_goes_on_without_what_was_there() throws IOException {
    fill();
    try (RocksEngine engine = open()) {
      for (Path file : files(current(), ".sst")) {
        for (long at = 5000; at < Files.size(file); at += 100_000) {
          flip(file, at);
        }
      }
      int refused = 0;
      for (int i = 0; i < ROWS; i++) {
        refused += isTold(engine, i) ? 0 : 1;
      }
      assertThat(refused).isPositive();
      awaitRebuilt(engine);
      assertThat(check(engine)).isPositive();
      rewrite(engine);
      assertThat(check(engine)).isZero();
      write(engine, 0);
    }
    checkRemembered(0);
  }

  @Test
  void what_was_written_since_among_keys_that_are_lost_is_known() throws IOException {
    fill();
    try (RocksEngine engine = open()) {
      for (Path file : files(current(), ".sst")) {
        for (long at = 1000; at < Files.size(file) / 2; at += 1000) {
          flip(file, at);
        }
      }
      for (int i = 0; i < ROWS; i += 50) {
        engine.write(List.of(EngineContract.put(KnownRows.key(i), "new")));
      }
      assertThat(engine.verify(Engine.Pace.UNLIMITED).damaged()).isNotEmpty();
      awaitRebuilt(engine);
      assertThat(engine.lostRanges()).hasSizeGreaterThan(1);
      for (int i = 0; i < ROWS; i += 50) {
        assertThat(engine.getIntact(Bytes.utf8(KnownRows.key(i))))
            .extracting(entry -> entry.value().utf8())
            .isEqualTo("new");
      }
    }
  }

  private static boolean isTold(Engine engine, int i) {
    try {
      return engine.get(Bytes.utf8(KnownRows.key(i))) != null;
    } catch (EngineException _) {
      return false;
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"CURRENT", "MANIFEST", ".log"})
  void damage_to_what_is_in_memory_too_costs_nothing(String which) throws IOException {
    fill();
    try (RocksEngine engine = open()) {
      for (int i = 0; i < 500; i++) {
        write(engine, i);
      }
      assertThat(engine.verify(Engine.Pace.UNLIMITED).damaged()).isEmpty();
      Path damaged = used(which).getLast();
      flip(damaged, Files.size(damaged) / 2);
      assertThat(engine.verify(Engine.Pace.UNLIMITED).damaged())
          .singleElement()
          .asString()
          .contains(current().toString(), "is damaged");
      awaitRebuilt(engine);
      assertThat(check(engine)).isZero();
      assertThat(engine.verify(Engine.Pace.UNLIMITED).damaged()).isEmpty();
    }
    checkRemembered(0);
  }

  @Test
  void writers_readers_and_syncs_meet_a_rebuild_and_lose_nothing() throws Exception {
    fill();
    try (RocksEngine engine = open()) {
      var writer =
          new Thread(() -> {
            for (int i = 0; i < ROWS; i++) {
              writeSurely(engine, i);
            }
          });
      writer.start();
      for (int round = 0; round < 5; round++) {
        flip(used("MANIFEST").getFirst(), 20);
        assertThat(engine.verify(Engine.Pace.UNLIMITED).damaged()).isNotEmpty();
        awaitRebuilt(engine);
      }
      writer.join();
      assertThat(current()).hasFileName("6");
      assertThat(check(engine)).isZero();
    }
    checkRemembered(0);
  }

  private static void writeSurely(Engine engine, int i) {
    for (boolean done = false; !done; ) {
      try {
        engine.awaitDurable(
            engine.write(List.of(EngineContract.put(KnownRows.key(i), KnownRows.value(i)))));
        done = true;
      } catch (EngineException e) {
        assertThat(e).hasMessageContaining("ask again later");
      }
    }
  }

  @Test
  void what_was_never_finished_counts_for_nothing() throws IOException {
    fill();
    Path building = folder.resolve("2.building");
    Files.createDirectories(building);
    Files.writeString(building.resolve("CURRENT"), "MANIFEST-000001");
    checkRemembered(0);
    assertThat(building).doesNotExist();
  }

  @Test
  void the_database_of_an_older_version_is_used_where_it_is_and_gives_way_when_it_rots()
      throws IOException {
    fill();
    Path made = current();
    try (var all = Files.list(made)) {
      for (Path file : all.toList()) {
        Files.move(file, folder.resolve(String.valueOf(file.getFileName())));
      }
    }
    Files.delete(made);
    try (RocksEngine engine = open()) {
      assertThat(check(engine)).isZero();
    }
    assertThat(current()).isEqualTo(folder);
    Files.delete(files(folder, ".sst").getFirst());
    int lost;
    try (RocksEngine engine = open()) {
      lost = check(engine);
      assertThat(lost).isPositive();
      assertThat(files(folder, ".sst")).isNotEmpty();
    }
    checkRemembered(lost);
  }

  @Test
  void what_is_not_a_database_s_is_not_taken_for_a_damaged_one() throws IOException {
    Path foreign = folder.resolve("lost+found");
    Files.createDirectories(foreign);
    for (int start = 0; start < 2; start++) {
      try (RocksEngine engine = open()) {
        assertThat(engine.isWhole()).isTrue();
        assertThat(foreign).exists();
      }
    }
  }

  @Test
  void a_folder_in_use_is_not_taken_for_a_damaged_one() {
    fill();
    try (RocksEngine engine = open()) {
      assertThatThrownBy(this::open).isInstanceOf(EngineException.class);
      assertThat(check(engine)).isZero();
    }
  }
}
