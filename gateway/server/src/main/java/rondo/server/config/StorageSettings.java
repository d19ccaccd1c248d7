package rondo.server.config;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import rondo.server.config.Configuration.Durability;
import rondo.server.config.Configuration.MetadataEngine;
import rondo.storage.extent.UpkeepSettings;

/**
 * The settings of a node's storage.
 *
 * @param data at least one folder
 * @param rebuildWait longer than any operation on a row
 */
public record StorageSettings(
    List<Path> data,
    Durability durability,
    MetadataEngine engine,
    UpkeepSettings upkeep,
    Duration rebuildWait,
    SpaceSettings space) {
  /** The folder of the metadata. */
  public Path first() {
    return data.getFirst();
  }
}
