package rondo.metadata.engine.rocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import rondo.metadata.engine.LostRange;
import rondo.metadata.engine.LostRangeSet;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;

/**
 * Copies all of a damaged database that can be read, and tells what the rest was: up to the end of
 * each damaged file what lies between the rows that can be read upwards, and those downwards. What
 * files on their own have of these keys is copied as well: the best that is known of them. For one
 * thread.
 */
final class RocksSalvage {
  private final RocksCopy copy;
  private final Time time;
  private final long nowMillis;
  private final List<LostRange> lostRanges = new ArrayList<>();

  RocksSalvage(RocksCopy copy, Time time) {
    this.copy = copy;
    this.time = time;
    this.nowMillis = time.wallMicros() / 1000;
  }

  /** Copies what {@code base} has. False when it isn't known what of it is lost. */
  boolean rows(RocksBase base) throws RocksDBException, IOException {
    LostRangeSet before;
    long sequence;
    try {
      base.flush();
      before = base.lostRanges();
      sequence = base.sequence();
    } catch (RocksDBException _) {
      return false;
    }
    Bytes at = Bytes.EMPTY;
    for (Bytes end : ends(base)) {
      copy(base, at, end);
      at = end;
    }
    copy(base, at, null);
    for (LostRange lostRange : lostRanges) {
      files(base.path(), lostRange.from(), lostRange.to());
    }
    copy.finish(before.plus(lostRanges), sequence);
    return true;
  }

  /** Behind the last keys of its damaged files, ascending. */
  private static Collection<Bytes> ends(RocksBase base) {
    return base.db().getLiveFilesMetaData().stream()
        .filter(file -> Arrays.equals(file.columnFamilyName(), RocksDB.DEFAULT_COLUMN_FAMILY))
        .filter(file -> damage(Path.of(file.path() + file.fileName())) != null)
        .map(file -> LostRange.behind(Bytes.wrap(file.largestKey())))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private void copy(RocksBase base, Bytes from, @Nullable Bytes to) throws RocksDBException {
    Bytes start;
    try (var walk = new RocksWalk(base, from, to)) {
      RocksWalk.Reached up = walk.up(copy::take);
      if (!up.damaged()) {
        return;
      }
      start = up.behind(from);
    }
    try (var walk = new RocksWalk(base, start, to)) {
      RocksWalk.Reached down = walk.down(copy::take);
      if (down.damaged()) {
        lostRanges.add(new LostRange(start, down.last() == null ? to : down.last(), nowMillis));
      }
    }
  }

  /**
   * Copies what each file of {@code database} has, on its own: the newest of what can be read, and
   * what had been removed. All keys are lost, and this is the best that is known of them.
   */
  void files(Path database) throws RocksDBException, IOException {
    files(database, Bytes.EMPTY, null);
    copy.finish(LostRangeSet.everything(time), 0);
  }

  private void files(Path database, Bytes from, @Nullable Bytes to)
      throws RocksDBException, IOException {
    List<Path> files;
    try (var all = Files.list(database)) {
      files = all.filter(file -> file.toString().endsWith(".sst")).sorted().toList();
    }
    for (Path file : files) {
      copy.settle();
      try (var options = new Options();
          var reader = new SstFileReader(options)) {
        if (hasRows(reader, file)) {
          file(reader, from, to);
        }
      }
    }
  }

  /** Opens a file; false when nothing of it can be read, or when it has the engine's own rows. */
  private static boolean hasRows(SstFileReader reader, Path file) {
    try {
      reader.open(file.toString());
      return Arrays.equals(
          reader.getTableProperties().getColumnFamilyName(), RocksDB.DEFAULT_COLUMN_FAMILY);
    } catch (RocksDBException _) {
      return false;
    }
  }

  private void file(SstFileReader file, Bytes from, @Nullable Bytes to) throws RocksDBException {
    RocksWalk.Reached reached;
    try (var walk = new RocksWalk(file, from, to)) {
      reached = walk.up(copy::takeNewer);
    }
    if (reached.damaged()) {
      copy.settle();
      try (var walk = new RocksWalk(file, reached.behind(from), to)) {
        walk.down(copy::takeNewer);
      }
    }
  }

  /** What is wrong with a file of rows, by RocksDB's checksums; null when it is whole. */
  static @Nullable String damage(Path file) {
    try (var options = new Options();
        var reader = new SstFileReader(options)) {
      reader.open(file.toString());
      reader.verifyChecksum();
      return null;
    } catch (RocksDBException e) {
      return String.valueOf(e.getMessage());
    }
  }
}
