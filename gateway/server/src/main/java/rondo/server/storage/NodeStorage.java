package rondo.server.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.metadata.engine.Durability;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineOptions;
import rondo.ring.value.Bytes;
import rondo.ring.version.ClockJudge;
import rondo.ring.version.HybridClock;
import rondo.server.config.Configuration;
import rondo.server.config.StartException;
import rondo.server.process.ClosingStack;
import rondo.storage.extent.ExtentStore;
import rondo.storage.extent.StoreUpkeep;
import rondo.storage.extent.file.ExtentSettings;
import rondo.storage.folder.DataFolder;
import rondo.storage.node.ClockHighWaterMark;
import rondo.store.system.RunningTasks;
import rondo.store.system.SystemPorts;

/**
 * A node's data on its disks, open: metadata in the first folder, chunks in every one.
 *
 * @param life the number of this start: higher than at every start before
 * @param rebuildWait longer than any operation on a row
 */
public record NodeStorage(
    NodeFolders folders,
    Engine engine,
    ExtentStore extents,
    StoreUpkeep upkeep,
    MetadataScrub metadataScrub,
    HybridClock clock,
    long life,
    Duration rebuildWait) {
  private static final Logger LOG = LoggerFactory.getLogger(NodeStorage.class);
  private static final Duration STOP = Duration.ofSeconds(10);

  /**
   * Opens everything.
   *
   * @param closings gets the parts to close, also when this fails half way
   */
  public static NodeStorage open(Configuration configuration, ClosingStack closings) {
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
    ExtentStore extents = ExtentStore.start(chunks, settings, SystemPorts.TIME, SystemPorts.CHANCE);
    extents.failures().forEach(failure -> LOG.warn("{}", failure));
    closings.add(extents::close);
    StoreUpkeep upkeep = upkeep(extents, configuration, closings);
    MetadataScrub rows = rows(engine, configuration, closings);
    var ceiling = new ClockHighWaterMark(folders.first().value("clock"));
    long limit = TimeUnit.NANOSECONDS.toMicros(configuration.health().clockLimit().toNanos());
    var judge = new ClockJudge(SystemPorts.TIME, limit);
    var clock = new HybridClock(SystemPorts.TIME, ceiling.floor(), ceiling, judge);
    long life = life(folders.first());
    Duration wait = configuration.storage().rebuildWait();
    return new NodeStorage(folders, engine, extents, upkeep, rows, clock, life, wait);
  }

  private static StoreUpkeep upkeep(
      ExtentStore extents, Configuration configuration, ClosingStack closings) {
    var tasks = new RunningTasks(SystemPorts.TASKS);
    var upkeep =
        new StoreUpkeep(extents, tasks, SystemPorts.TIME, configuration.storage().upkeep());
    closings.add(() -> {
      upkeep.stop();
      tasks.awaitEnd(STOP);
    });
    extents.onDamage(damage -> LOG.warn("{}", damage.what()));
    upkeep.start();
    return upkeep;
  }

  private static MetadataScrub rows(
      Engine engine, Configuration configuration, ClosingStack closings) {
    var tasks = new RunningTasks(SystemPorts.TASKS);
    Duration period = configuration.storage().upkeep().scrubPeriod();
    var rows = new MetadataScrub(engine, tasks, SystemPorts.TIME, period);
    closings.add(() -> {
      rows.stop();
      tasks.awaitEnd(STOP);
    });
    rows.start();
    return rows;
  }

  /** How many times this folder's node has started, including this start. */
  private static long life(DataFolder folder) {
    var lives = folder.value("lives");
    long life = 1 + lives.read().map(bytes -> Long.parseLong(bytes.utf8())).orElse(0L);
    lives.write(Bytes.utf8(Long.toString(life)));
    return life;
  }

  /** The total size of the disks under those folders that are there, each disk counted once. */
  public long diskBytes() {
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
