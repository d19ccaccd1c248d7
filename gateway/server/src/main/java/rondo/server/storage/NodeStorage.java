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
import rondo.server.config.StorageSettings;
import rondo.server.process.ClosingStack;
import rondo.server.space.Ballast;
import rondo.server.space.DiskProbe;
import rondo.server.space.DiskSpace;
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
 * @param space the room on the disks
 */
public record NodeStorage(
    NodeFolders folders,
    Engine engine,
    ExtentStore extents,
    StoreUpkeep upkeep,
    MetadataScrub metadataScrub,
    HybridClock clock,
    long life,
    DiskSpace space) {
  private static final Logger LOG = LoggerFactory.getLogger(NodeStorage.class);
  private static final Duration STOP = Duration.ofSeconds(10);

  /** What {@link rondo.metadata.engine.FreeSpace} keeps back: so many memtables, or that share. */
  private static final int MEMTABLES = 4;

  private static final int SMALL_DISK_SHARE = 20;

  /** Hundreds of thousands of deletes, before compaction gives back what they free. */
  private static final long DELETES_BYTES = 64L << 20;

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
    var options = EngineOptions.defaults(durability);
    var ballast = new Ballast(configuration.storage().first(), DiskProbe.SYSTEM);
    ballast.beforeStart();
    Engine engine =
        EngineChoice.of(configuration.storage().engine()).open(folders.first(), options);
    closings.add(engine::close);
    long reserve = reserve(configuration.storage(), options);
    long least = least(reserve, engine);
    var settings = new ExtentSettings(ExtentSettings.DEFAULT.extentBytes(), least, fsync);
    var chunks = folders.known().chunks();
    ExtentStore extents = ExtentStore.start(chunks, settings, SystemPorts.TIME, SystemPorts.CHANCE);
    extents.failures().forEach(failure -> LOG.warn("{}", failure));
    closings.add(extents::close);
    folders.known().paths().stream()
        .filter(folders.known()::isLeaving)
        .forEach(path -> extents.changes().leave(ChunkFolder.extents(path), true));
    Runnable along =
        () -> {
          ballast.look(engine.reserveBytes(), engine::spendReserve);
          DiskOrders.forgetEmpty(folders.known(), extents);
        };
    DiskSpace space =
        space(configuration.storage(), folders.known(), extents, reserve, along, closings);
    closings.add(ballast::stop);
    StoreUpkeep upkeep = upkeep(extents, configuration, closings);
    MetadataScrub rows = rows(engine, configuration, closings);
    var ceiling = new ClockHighWaterMark(folders.first().value("clock"));
    long limit = TimeUnit.NANOSECONDS.toMicros(configuration.health().clockLimit().toNanos());
    var judge = new ClockJudge(SystemPorts.TIME, limit);
    var clock = new HybridClock(SystemPorts.TIME, ceiling.floor(), ceiling, judge);
    long life = life(folders.first());
    return new NodeStorage(folders, engine, extents, upkeep, rows, clock, life, space);
  }

  /**
   * What the store itself keeps free. DiskSpace decides; this only stops what is faster than
   * DiskSpace looks, before the ballast would be needed.
   */
  private static long least(long reserve, Engine engine) {
    long middle = (reserve + engine.reserveBytes() + Ballast.BYTES) / 2;
    return Math.clamp(middle, reserve / 2, reserve);
  }

  /**
   * What stays free of chunks: what the metadata keeps back, and room for the rows of deletes. It
   * is small on small disks.
   */
  private static long reserve(StorageSettings storage, EngineOptions options) {
    if (storage.space().reserveBytes() > 0) {
      return storage.space().reserveBytes();
    }
    try {
      long disk = Files.getFileStore(storage.first()).getTotalSpace();
      long kept = Math.min(MEMTABLES * options.memtableBytes(), disk / SMALL_DISK_SHARE);
      return kept + Math.min(DELETES_BYTES, disk / SMALL_DISK_SHARE);
    } catch (IOException e) {
      throw new StartException("can't tell how large the disk of " + storage.first() + " is", e);
    }
  }

  private static DiskSpace space(
      StorageSettings storage,
      KnownFolders known,
      ExtentStore extents,
      long reserve,
      Runnable along,
      ClosingStack closings) {
    var space =
        new DiskSpace(known.paths(), storage.space(), reserve, DiskProbe.SYSTEM, SystemPorts.TIME);
    space.without(known::isLeaving);
    space.look();
    var tasks = new RunningTasks(SystemPorts.TASKS);
    Runnable stop = space.start(tasks, along);
    closings.add(() -> {
      stop.run();
      tasks.awaitEnd(STOP);
    });
    extents.avoid(space::isFull);
    return space;
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

  /** What orders do to the folders while the node runs. */
  public DiskOrders orders() {
    return new DiskOrders(folders.known(), extents, space);
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
