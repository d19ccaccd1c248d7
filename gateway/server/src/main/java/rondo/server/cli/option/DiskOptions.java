package rondo.server.cli.option;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import rondo.server.config.ByteSizes;
import rondo.server.config.Configuration.Durability;
import rondo.server.config.Configuration.MetadataEngine;
import rondo.server.config.Durations;
import rondo.server.config.StorageSettings;
import rondo.storage.extent.UpkeepSettings;

/** The disks' background work: a part of the table of settings. */
final class DiskOptions {
  @Option(
      names = "--compact-rate",
      paramLabel = "SIZE",
      defaultValue = "64MiB",
      description =
          "How much a disk reads and writes per second to give back the space of what was deleted;"
              + " 0: as fast as it goes. Default: ${DEFAULT-VALUE}")
  String compactRate = "";

  @Option(
      names = "--scrub-every",
      paramLabel = "TIME",
      defaultValue = "14d",
      description =
          "In which time everything on the disks is read again once, to find what has rotted."
              + " Default: ${DEFAULT-VALUE}")
  String scrubEvery = "";

  @Option(
      names = "--rebuild-wait",
      paramLabel = "TIME",
      defaultValue = "60s",
      description =
          "How long a node takes no part in what damage to its metadata made it forget before it is"
              + " told by others: longer than any operation; a shorter time, such as 5s, is for"
              + " tests. Default: ${DEFAULT-VALUE}")
  String rebuildWait = "";

  StorageSettings settings(List<Path> data, Durability durability, MetadataEngine engine) {
    var upkeep = new UpkeepSettings(ByteSizes.parse(compactRate), Durations.parse(scrubEvery));
    return new StorageSettings(data, durability, engine, upkeep, Durations.parse(rebuildWait));
  }
}
