package rondo.server.cli.option;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import rondo.server.config.ByteSizes;
import rondo.server.config.Configuration.Durability;
import rondo.server.config.Configuration.MetadataEngine;
import rondo.server.config.Durations;
import rondo.server.config.SpaceSettings;
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

  @Option(
      names = "--space-warn",
      paramLabel = "PERCENT",
      defaultValue = "70",
      description =
          "How full a disk is when the node begins to warn, in percent of what its data takes there"
              + " and what is free. Default: ${DEFAULT-VALUE}")
  int spaceWarn;

  @Option(
      names = "--space-move",
      paramLabel = "PERCENT",
      defaultValue = "85",
      description =
          "How full all disks of a node are when changes of the layout move nothing more to it."
              + " Default: ${DEFAULT-VALUE}")
  int spaceMove;

  @Option(
      names = "--space-full",
      paramLabel = "PERCENT",
      defaultValue = "95",
      description =
          "How full a disk is when it takes no new data; deletes go on. Default: ${DEFAULT-VALUE}")
  int spaceFull;

  @Option(
      names = "--disk-reserve",
      paramLabel = "SIZE",
      description =
          "Free space in which a disk takes no new data, whatever --space-full says. Default: what"
              + " deletes and the metadata's memory need, at most 320MiB and a tenth of the disk.")
  @Nullable String diskReserve;

  StorageSettings settings(List<Path> data, Durability durability, MetadataEngine engine) {
    var upkeep = new UpkeepSettings(ByteSizes.parse(compactRate), Durations.parse(scrubEvery));
    var space =
        new SpaceSettings(
            spaceWarn,
            spaceMove,
            spaceFull,
            diskReserve == null ? 0 : ByteSizes.parse(diskReserve));
    return new StorageSettings(
        data, durability, engine, upkeep, Durations.parse(rebuildWait), space);
  }
}
