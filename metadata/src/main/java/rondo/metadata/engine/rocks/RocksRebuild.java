package rondo.metadata.engine.rocks;

import java.io.IOException;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import rondo.metadata.engine.DamageException;
import rondo.metadata.engine.EngineException;
import rondo.ring.port.Time;

/**
 * Replaces a damaged database by a fresh one, since RocksDB can neither go on with a damaged file
 * nor give one up. At every moment either of the two is the one in use.
 */
record RocksRebuild(RocksFolder folder, RocksSetup setup, Time time) {
  /** Fills the fresh database; false when it is to be given up. */
  private interface Filling {
    boolean fill(RocksCopy copy) throws RocksDBException, IOException;
  }

  /**
   * Rebuilds from {@code base}, which is open and not in use, and still has in memory what may be
   * damaged in its log. The key ranges that its damaged files held are lost.
   *
   * @param check throws when the rebuild is to be given up
   * @return false when it is unknown which keys are lost
   * @throws EngineException when the fresh database can't be made
   */
  boolean fromOpen(RocksBase base, Runnable check) {
    return make(check, copy -> new RocksSalvage(copy, time).rows(base));
  }

  /**
   * Rebuilds from the files of the database in use, which is closed. The key ranges that its
   * damaged files held are lost; all keys are, if its log or the list of its files is damaged.
   *
   * @param check throws when the rebuild is to be given up
   * @throws EngineException when the fresh database can't be made
   */
  void fromFolder(Runnable check) throws IOException {
    Path damaged = folder.current();
    boolean sure = isListed(damaged);
    try (RocksBase left = RocksBase.openLeft(damaged, setup)) {
      if (sure && fromOpen(left, check)) {
        return;
      }
    } catch (DamageException _) {
      // It is unknown which of its files belong together.
    }
    make(
        check,
        copy -> {
          new RocksSalvage(copy, time).files(damaged);
          return true;
        });
  }

  /** Whether the log and the list of files are whole. */
  private static boolean isListed(Path database) throws IOException {
    try {
      boolean whole = !RocksLog.files(database).isEmpty();
      for (Path file : RocksLog.all(database)) {
        whole &= RocksLog.damage(file) == null;
      }
      return whole;
    } catch (DamageException _) {
      return false;
    }
  }

  private boolean make(Runnable check, Filling filling) {
    try {
      folder.checkRoom();
      Path building = folder.begin();
      boolean made;
      try (var into = RocksBase.create(building, setup);
          var copy = new RocksCopy(into, check)) {
        made = filling.fill(copy);
      }
      if (made) {
        folder.use(building);
      }
      return made;
    } catch (RocksDBException | IOException e) {
      throw new EngineException(String.valueOf(e.getMessage()), e);
    }
  }
}
