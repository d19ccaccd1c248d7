package rondo.metadata.engine.lsm;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.mapdb.SortedTableMap;
import org.mapdb.volume.MappedFileVol;
import org.mapdb.volume.Volume;
import rondo.metadata.disk.FolderDisk;
import rondo.metadata.engine.Cursor;
import rondo.metadata.engine.Durability;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineCounters;
import rondo.metadata.engine.EngineOptions;
import rondo.metadata.engine.LostRange;
import rondo.metadata.engine.SlotSource;
import rondo.metadata.engine.TickingTime;
import rondo.metadata.engine.block.BlockCache;
import rondo.metadata.engine.block.BlockSums;
import rondo.metadata.engine.block.CheckpointFiles;
import rondo.metadata.engine.checkpoint.Checkpoint;
import rondo.metadata.engine.table.BytesSerializer;
import rondo.ring.value.Bytes;

/**
 * Counts the block reads that searches and scans of checkpoints cost, and reads checkpoints of
 * older versions.
 */
@Timeout(120)
@Tag("long")
final class CheckpointTest {
  private static final int ROWS = 30_000;

  private static final EngineOptions LARGE = options(64 << 20, 100, 1 << 20);

  /**
   * Small memtables: the first write with them flushes all rows that were written with the other
   * options.
   */
  private static final EngineOptions SMALL = options(1 << 20, 100, 1 << 20);

  private final TreeMap<Bytes, Bytes> written = new TreeMap<>();
  private final Random random = new Random(5);

  @TempDir private Path folder;

  private static EngineOptions options(int memtableBytes, int runs, int cacheBytes) {
    return new EngineOptions(
        Durability.NONE, memtableBytes, 1 << 20, runs, cacheBytes, 1 << 20, 1 << 20);
  }

  /** Writes rows into one run of several checkpoints. */
  private void fill() {
    try (var engine = LogEngine.open(folder, LARGE, new TickingTime())) {
      for (int i = 0; i < ROWS; i++) {
        String value = i % 100 == 0 ? "large".repeat(400) + i : "value".repeat(15) + i;
        write(engine, key(i), Bytes.utf8(value));
      }
    }
    try (var engine = LogEngine.open(folder, SMALL, new TickingTime())) {
      write(engine, Bytes.utf8("z"), Bytes.utf8("in memory"));
      await(engine.counters().checkpoints(), 1);
    }
  }

  private static void await(LongAdder counter, long value) {
    while (counter.sum() < value) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(2));
    }
  }

  private void write(Engine engine, Bytes key, Bytes value) {
    engine.write(List.of(new Engine.Change(key, value)));
    written.put(key, value);
  }

  private static Bytes key(int i) {
    return Bytes.utf8("%02d/photos/%08d".formatted(i % 7, i));
  }

  private List<Path> files(String kind) throws IOException {
    try (var files = Files.list(folder)) {
      return files.filter(file -> file.toString().endsWith(kind)).sorted().toList();
    }
  }

  private void checkAll(Engine engine) {
    try (Cursor cursor = engine.cursor(Bytes.EMPTY, null)) {
      for (var row : written.entrySet()) {
        Engine.Entry entry = Objects.requireNonNull(cursor.next());
        assertThat(entry.key()).isEqualTo(row.getKey());
        assertThat(entry.value()).isEqualTo(row.getValue());
      }
      assertThat(cursor.next()).isNull();
    }
    for (int i = 0; i < ROWS; i += 7) {
      Engine.Entry entry = Objects.requireNonNull(engine.get(key(i)));
      assertThat(entry.value()).isEqualTo(written.get(key(i)));
      assertThat(engine.get(LostRange.behind(key(i)))).isNull();
    }
  }

  /** Walks that skip random numbers of rows, some of them many. */
  private void checkSeeks(Engine engine) {
    for (int round = 0; round < 30; round++) {
      Bytes to = random.nextBoolean() ? null : key(random.nextInt(ROWS));
      Bytes from = key(random.nextInt(ROWS));
      try (Cursor cursor = engine.cursor(from, to)) {
        Bytes next = from;
        for (int step = 0; step < 200; step++) {
          Bytes expected = written.ceilingKey(next);
          Engine.Entry entry = cursor.next();
          if (expected == null || (to != null && expected.compareTo(to) >= 0)) {
            assertThat(entry).isNull();
            break;
          }
          assertThat(Objects.requireNonNull(entry).key()).isEqualTo(expected);
          next = LostRange.behind(expected);
          if (random.nextBoolean()) {
            Bytes skipped = skipped(expected);
            cursor.seek(skipped);
            next = skipped.compareTo(next) > 0 ? skipped : next;
          }
        }
      }
    }
  }

  private Bytes skipped(Bytes key) {
    var next = written.tailMap(key).keySet().stream().skip(random.nextInt(300)).findFirst();
    return random.nextBoolean() ? next.orElse(key) : LostRange.behind(next.orElse(key));
  }

  @Test
  void a_search_reads_one_block_of_rows_and_a_scan_leaves_the_index_in_memory() throws IOException {
    fill();
    // The cache has room for no block of rows, and for all of the indexes.
    try (var engine = LogEngine.open(folder, options(1 << 20, 100, 0), new TickingTime())) {
      checkAll(engine);
      EngineCounters counters = engine.counters();
      long indexes = counters.indexReads().sum();
      long rows = counters.blockReads().sum();
      Path table = files(".table").getFirst();
      assertThat(Files.size(table)).isGreaterThan(50L * BlockSums.BLOCK_BYTES);
      int gets = 0;
      for (int i = 0; i < ROWS / 4; i += 13, gets++) {
        assertThat(engine.get(key(i))).isNotNull();
      }
      // Each search also reads one block of a filter.
      assertThat(counters.blockReads().sum() - rows).isEqualTo(2L * gets);
      assertThat(counters.indexReads().sum()).isEqualTo(indexes);
    }
  }

  @Test
  void a_cursor_in_one_checkpoint_reads_one_block_of_rows() throws IOException {
    fill();
    var cache = new BlockCache(0, 1 << 20, new EngineCounters());
    try (var disk = FolderDisk.open(folder)) {
      Checkpoint checkpoint = Checkpoint.open(new CheckpointFiles(disk, 1), cache);
      Bytes middle = Bytes.utf8("01/photos/");
      for (int i = 0; i < 100; i++) {
        SlotSource source = checkpoint.source(Bytes.concat(middle, Bytes.utf8("0000" + i)), null);
        assertThat(source.key()).isNotNull();
      }
      // Now and then the key lies behind the last row of a page, and the next page has it.
      assertThat(cache.counters().blockReads().sum()).isBetween(100L, 110L);
      SlotSource source = checkpoint.source(middle, null);
      long before = cache.counters().blockReads().sum();
      for (int i = 0; i < 20; i++) {
        source.advance();
        source.seek(LostRange.behind(Objects.requireNonNull(source.key())));
      }
      assertThat(cache.counters().blockReads().sum() - before).isLessThan(4);
      checkpoint.release();
    }
  }

  @Test
  void what_an_index_says_no_more_is_found_without_it() throws IOException {
    fill();
    Path index = files(".index").getFirst();
    byte[] bytes = Files.readAllBytes(index);
    bytes[12] ^= 1;
    Files.write(index, bytes);
    var cache = new BlockCache(1 << 20, 1 << 20, new EngineCounters());
    try (var disk = FolderDisk.open(folder)) {
      Checkpoint checkpoint = Checkpoint.open(new CheckpointFiles(disk, 1), cache);
      assertThat(cache.damaged().count()).isZero();
      for (int i = 0; i < 700; i += 7) {
        Bytes key = key(i);
        assertThat(Objects.requireNonNull(checkpoint.get(key)).value()).isEqualTo(written.get(key));
        assertThat(checkpoint.get(LostRange.behind(key))).isNull();
        SlotSource source = checkpoint.source(LostRange.behind(key), null);
        assertThat(source.key()).isEqualTo(written.higherKey(key));
        source.seek(key(7 * i + 14));
        assertThat(source.key()).isEqualTo(key(7 * i + 14));
      }
      assertThat(cache.damaged().contains(1)).isTrue();
      checkpoint.release();
    }
    try (var engine = LogEngine.open(folder, SMALL, new TickingTime())) {
      checkAll(engine);
      LossTest.awaitNoDamage(engine);
      assertThat(engine.isWhole()).isTrue();
      assertThat(engine.verify(Engine.Pace.UNLIMITED).damaged()).isEmpty();
    }
  }

  @Test
  void cursors_skip_like_a_sorted_map() {
    fill();
    try (var engine = LogEngine.open(folder, SMALL, new TickingTime())) {
      checkSeeks(engine);
    }
  }

  @Test
  void checkpoints_of_an_older_version_are_read_checked_and_merged() throws IOException {
    fill();
    OlderCheckpoints.rewrite(folder);
    assertThat(files(".index")).isEmpty();
    try (var engine = LogEngine.open(folder, SMALL, new TickingTime())) {
      checkAll(engine);
      checkSeeks(engine);
      assertThat(engine.verify(Engine.Pace.UNLIMITED).damaged()).isEmpty();
      assertThat(engine.isWhole()).isTrue();
    }
    try (var engine = LogEngine.open(folder, options(1 << 20, 1, 1 << 20), new TickingTime())) {
      for (int i = 0; i < ROWS; i++) {
        write(engine, key(i), Bytes.utf8("newer".repeat(40) + i));
      }
      await(engine.counters().merges(), 1);
      checkAll(engine);
    }
    try (var engine = LogEngine.open(folder, SMALL, new TickingTime())) {
      checkAll(engine);
      assertThat(files(".index")).isNotEmpty();
    }
  }

  @Test
  void what_is_damaged_in_a_checkpoint_of_an_older_version_costs_no_other_row() throws IOException {
    fill();
    OlderCheckpoints.rewrite(folder);
    Path table = files(".table").getFirst();
    byte[] bytes = Files.readAllBytes(table);
    bytes[150_000] ^= 1;
    Files.write(table, bytes);
    try (var engine = LogEngine.open(folder, SMALL, new TickingTime())) {
      engine.verify(Engine.Pace.UNLIMITED);
      LossTest.awaitNoDamage(engine);
      assertThat(engine.lostRanges()).isNotEmpty();
      int lost = 0;
      for (int i = 0; i < ROWS; i++) {
        Bytes key = key(i);
        if (engine.lostRanges().stream().anyMatch(lostRange -> lostRange.holds(key))) {
          lost++;
        } else {
          assertThat(Objects.requireNonNull(engine.get(key)).value()).isEqualTo(written.get(key));
        }
      }
      assertThat(lost).isBetween(1, ROWS / 10);
    }
  }

  @Test
  void mapdb_reads_the_tables_that_it_wrote() throws IOException {
    fill();
    Path table = files(".table").getFirst();
    Volume volume = MappedFileVol.FACTORY.makeVolume(table.toString(), true);
    var map = SortedTableMap.open(volume, BytesSerializer.INSTANCE, BytesSerializer.INSTANCE);
    assertThat(map.size()).isGreaterThan(5000);
    Bytes last = Bytes.EMPTY;
    for (Bytes key : map.keySet()) {
      assertThat(key).isGreaterThan(last);
      assertThat(written).containsKey(key);
      last = key;
    }
    assertThat(map.get(key(700))).isNotNull();
    volume.close();
  }
}
