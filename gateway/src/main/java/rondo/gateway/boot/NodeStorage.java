package rondo.gateway.boot;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.metadata.engine.Durability;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineOptions;
import rondo.ring.register.Bytes;
import rondo.ring.version.HybridClock;
import rondo.storage.disk.DataFolder;
import rondo.storage.extent.ExtentSettings;
import rondo.storage.extent.ExtentStore;
import rondo.storage.extent.Upkeep;
import rondo.storage.node.Ceiling;

/**
 * What a node has on its disks, open: metadata in the first folder, chunks in every one.
 *
 * @param life higher than at every start before
 * @param rebuildWait longer than any operation on a row
 */
record NodeStorage(
    NodeFolders folders,
    Engine engine,
    ExtentStore extents,
    Upkeep upkeep,
    MetadataScrub metadataScrub,
    HybridClock clock,
    long life,
    Duration rebuildWait) {
  private static final Logger LOG = LoggerFactory.getLogger(NodeStorage.class);
  private static final Duration STOP = Duration.ofSeconds(10);

  /**
   * Opens it all.
   *
   * @param closings gets what is to be closed, also when this fails half way
   */
  static NodeStorage open(Configuration configuration, Closings closings) {
    NodeFolders folders = NodeFolders.open(configuration);
    closings.add(folders::close);
    boolean fsync = configuration.storage().durability() == Configuration.Durability.FSYNC;
    var durability = fsync ? Durability.FSYNC : Durability.NONE;
    Engine engine =
        EngineChoice.of(configuration.storage().engine())
            .open(folders.first(), EngineOptions.defaults(durability));
    closings.add(engine::close);
    var defaults = ExtentSettings.DEFAULT;
    var settings = new ExtentSettings(defaults.extentBytes(), defaults.reserveBytes(), fsync);
    var chunks = folders.known().chunks();
    ExtentStore extents = ExtentStore.start(chunks, settings, Ports.TIME, Ports.CHANCE);
    extents.failures().forEach(failure -> LOG.warn("{}", failure));
    closings.add(extents::close);
    Upkeep upkeep = upkeep(extents, configuration, closings);
    MetadataScrub rows = rows(engine, configuration, closings);
    var ceiling = new Ceiling(folders.first().value("clock"));
    var clock = new HybridClock(Ports.TIME, ceiling.floor(), ceiling);
    long life = life(folders.first());
    Duration wait = configuration.storage().rebuildWait();
    return new NodeStorage(folders, engine, extents, upkeep, rows, clock, life, wait);
  }

  private static Upkeep upkeep(
      ExtentStore extents, Configuration configuration, Closings closings) {
    var tasks = new RunningTasks(Ports.TASKS);
    var upkeep = new Upkeep(extents, tasks, Ports.TIME, configuration.storage().upkeep());
    closings.add(() -> {
      upkeep.stop();
      tasks.awaitEnd(STOP);
    });
    extents.onDamage(damage -> LOG.warn("{}", damage.what()));
    upkeep.start();
    return upkeep;
  }

  private static MetadataScrub rows(Engine engine, Configuration configuration, Closings closings) {
    var tasks = new RunningTasks(Ports.TASKS);
    Duration period = configuration.storage().upkeep().scrubPeriod();
    var rows = new MetadataScrub(engine, tasks, Ports.TIME, period);
    closings.add(() -> {
      rows.stop();
      tasks.awaitEnd(STOP);
    });
    rows.start();
    return rows;
  }

  /** How often this folder's node has started, this time included. */
  private static long life(DataFolder folder) {
    var lives = folder.value("lives");
    long life = 1 + lives.read().map(bytes -> Long.parseLong(bytes.utf8())).orElse(0L);
    lives.write(Bytes.utf8(Long.toString(life)));
    return life;
  }

  /** How large the disks under the folders are that are there, each counted once. */
  long diskBytes() {
    return folders.known().chunks().stream()
        .filter(ChunkFolder::isThere)
        .map(folder -> disk(folder.folder()))
        .distinct()
        .mapToLong(Disk::bytes)
        .sum();
  }

  private record Disk(String name, long bytes) {}

  private static Disk disk(DataFolder folder) {
    try {
      var store = Files.getFileStore(folder.path());
      return new Disk(store.toString(), store.getTotalSpace());
    } catch (IOException e) {
      throw new StartException(
          "can't tell how large the disk of " + folder.path() + " is: name its size by --capacity",
          e);
    }
  }
}
