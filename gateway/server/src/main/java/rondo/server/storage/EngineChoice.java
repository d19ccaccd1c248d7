package rondo.server.storage;

import java.nio.file.Path;
import java.util.Locale;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineOptions;
import rondo.metadata.engine.lsm.LogEngine;
import rondo.metadata.engine.rocks.RocksEngine;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;
import rondo.server.config.Configuration;
import rondo.server.config.StartException;
import rondo.storage.folder.DataFolder;
import rondo.store.system.SystemPorts;

/** The engine that keeps a node's metadata. A data folder remembers the engine that made it. */
record EngineChoice(String name, Opener opener) {
  private static final String LOG = "log";

  /** Opens the engine of a folder. */
  interface Opener {
    Engine open(Path folder, EngineOptions options, Time time);
  }

  static EngineChoice of(Configuration.MetadataEngine engine) {
    return new EngineChoice(
        engine.name().toLowerCase(Locale.ROOT),
        switch (engine) {
          case LOG -> LogEngine::open;
          case ROCKSDB -> RocksEngine::open;
        });
  }

  /**
   * Opens the engine of {@code folder}.
   *
   * @throws StartException when another engine made its metadata
   */
  Engine open(DataFolder folder, EngineOptions options) {
    var made = folder.value("engine");
    if (!DataFolder.hasMetadata(folder.path())) {
      made.write(Bytes.utf8(name));
    }
    // A folder without the name was made before there was a choice.
    String by = made.read().map(Bytes::utf8).orElse(LOG);
    if (!by.equals(name)) {
      throw new StartException(
          "the metadata in %s were made by the engine '%s': start with --engine %s, or let a node"
                  .formatted(folder.metadata(), by, by)
              + " with an empty folder take this one's place");
    }
    return opener.open(folder.metadata(), options, SystemPorts.TIME);
  }
}
