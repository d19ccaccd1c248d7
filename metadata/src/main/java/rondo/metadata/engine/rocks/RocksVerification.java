package rondo.metadata.engine.rocks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.rocksdb.LiveFileMetaData;
import rondo.metadata.engine.DamageException;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineCounters;
import rondo.metadata.engine.EngineException;

/** Reads an engine's database again, file by file. For one thread. */
final class RocksVerification {
  private final RocksSwitch current;
  private final EngineCounters counters;
  private final Engine.Pace pace;
  private final List<String> damaged = new ArrayList<>();
  private long bytes;

  RocksVerification(RocksSwitch current, EngineCounters counters, Engine.Pace pace) {
    this.current = current;
    this.counters = counters;
    this.pace = pace;
  }

  /**
   * Runs the verification; ends early when the database is replaced, as there will be another one.
   */
  Engine.Verified run() {
    String trouble = current.trouble();
    if (trouble != null) {
      damaged.add(trouble);
    }
    try {
      RocksSwitch.Opened now = current.enter();
      List<LiveFileMetaData> files;
      try {
        files = now.base().db().getLiveFilesMetaData();
      } finally {
        now.leave();
      }
      verify(now.base(), files);
    } catch (EngineException | IOException e) {
      damaged.add(String.valueOf(e.getMessage()));
    }
    return new Engine.Verified(bytes, damaged);
  }

  private void verify(RocksBase base, List<LiveFileMetaData> files) throws IOException {
    boolean all = true;
    for (LiveFileMetaData file : files) {
      Path path = Path.of(file.path() + file.fileName());
      all = all && verify(base, path, RocksSalvage::damage);
    }
    try {
      for (Path file : RocksLog.all(base.path())) {
        all = all && verify(base, file, RocksLog::damage);
      }
    } catch (DamageException e) {
      found(base, String.valueOf(e.getMessage()));
    }
  }

  /** Verifies a file; false when the verification is given up. */
  private boolean verify(RocksBase base, Path file, Function<Path, @Nullable String> damage)
      throws IOException {
    if (!Files.exists(file)) {
      return true;
    }
    if (!pace.spend(Files.size(file)) || !current.isCurrent(base)) {
      return false;
    }
    bytes += Files.size(file);
    String found = damage.apply(file);
    if (found != null && Files.exists(file)) { // a file that is gone was no longer needed
      found(base, file + " is damaged: " + found);
    }
    return true;
  }

  private void found(RocksBase base, String what) {
    counters.damaged().increment();
    damaged.add(what);
    current.damaged(base);
  }
}
