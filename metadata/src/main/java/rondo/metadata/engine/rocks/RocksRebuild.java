package rondo.metadata.engine.rocks;

import java.io.IOException;
import java.nio.file.Path;
import org.rocksdb.RocksDBException;
import rondo.metadata.engine.DamageException;
import rondo.metadata.engine.EngineException;
import rondo.ring.port.Time;

/**
 * Puts a fresh database in the place of a damaged one: RocksDB can't go on with a damaged file, and
 * can't give one up. At every moment one of both is the one in use.
 */
record RocksRebuild(RocksFolder folder, RocksSetup setup, Time time) {
  /** Fills the fresh one; false when it is to be left alone. */
  private interface Filling {
    boolean fill(RocksCopy copy) throws RocksDBException, IOException;
  }

  /**
   * From {@code base}, which is open and which nobody uses, and has in memory what else may be
   * damaged. What its files have lost are lost ranges. False when it isn't known what that is.
   *
   * @param check throws when there is no point in going on
   * @throws EngineException when it can't be made
   */
  boolean fromOpen(RocksBase base, Runnable check) {
    return make(check, copy -> new RocksSalvage(copy, time).rows(base));
  }

  /**
   * From the folder of the one in use, which is closed. What its files have lost are lost ranges;
   * all keys are, where its log or the list of its files is damaged.
   *
   * @param check throws when there is no point in going on
   * @throws EngineException when it can't be made
   */
  void fromFolder(Runnable check) throws IOException {
    Path damaged = folder.current();
    boolean sure = isListed(damaged);
    try (RocksBase left = RocksBase.openLeft(damaged, setup)) {
      if (sure && fromOpen(left, check)) {
        return;
      }
    } catch (DamageException _) {
      // Nobody can tell which of its files belong together.
    }
    make(
        check,
        copy -> {
          new RocksSalvage(copy, time).files(damaged);
          return true;
        });
  }

  /** Whether its log and the list of its files are whole. */
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
