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
 * Copies the readable rows of a damaged database, and finds the lost ranges. Up to the end of each
 * damaged file it reads upwards from the start and downwards from the end; the keys between the two
 * are lost. In lost ranges it also copies what single files have: the best that is left of these
 * rows. For one thread.
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

  /** Copies the rows of {@code base}; false when it is unknown which of them are lost. */
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

  /** Returns the keys right behind the last keys of the damaged files, ascending. */
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
   * Copies the rows of each file of {@code database} on its own, the newest of each key, including
   * rows that were removed later. All keys count as lost; this is the best that is left of them.
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

  /** Whether the file can be opened and has rows of the map, not the engine's own. */
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

  /** Returns the damage in a file of rows, by RocksDB's checksums; null when it is whole. */
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
