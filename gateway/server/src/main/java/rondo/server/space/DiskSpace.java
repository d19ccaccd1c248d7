package rondo.server.space;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.server.config.SpaceSettings;

/**
 * Looks at a node's disks every second, and says what they still take. A disk that was full takes
 * data again when it is a percent emptier, so that it doesn't change its mind with every write.
 * Thread-safe; one thread looks.
 */
public final class DiskSpace {
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** Files are measured more rarely than free space. */
  private static final long MEASURE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final int MARGIN_PERCENT = 1;

  private final List<Path> folders;
  private final SpaceSettings settings;
  private final long reserveBytes;
  private final DiskProbe probe;
  private final Time time;
  private final Map<String, DiskTrend> trends = new HashMap<>();
  private final Map<Path, Long> measured = new HashMap<>();
  private long measureAt;
  private volatile List<DiskUse> uses = List.of();
  private volatile Map<String, DiskUse> byFolder = Map.of();

  /**
   * @param folders the data folders
   * @param reserveBytes what must stay free on each disk
   */
  public DiskSpace(
      List<Path> folders, SpaceSettings settings, long reserveBytes, DiskProbe probe, Time time) {
    this.folders = List.copyOf(folders);
    this.settings = settings;
    this.reserveBytes = reserveBytes;
    this.probe = probe;
    this.time = time;
    this.measureAt = time.nanos();
  }

  /**
   * Looks again and again, in the background; returns what ends it.
   *
   * @param along done after each look, by the same thread
   */
  public Runnable start(Tasks tasks, Runnable along) {
    Mailbox<Boolean> stop = tasks.mailbox();
    tasks.start(
        "disk space",
        () -> {
          do {
            look();
            along.run();
          } while (stop.take(time.nanos() + LOOK_NANOS) == null);
        });
    return () -> stop.put(true);
  }

  /** Looks at all disks once; folders that can't be asked now are left out. */
  public void look() {
    boolean measuring = time.nanos() - measureAt >= 0;
    measureAt = measuring ? time.nanos() + MEASURE_NANOS : measureAt;
    Map<String, List<Path>> disks = new LinkedHashMap<>();
    for (Path folder : folders) {
      try {
        if (Files.isDirectory(folder)) {
          disks.computeIfAbsent(probe.diskOf(folder), _ -> new ArrayList<>()).add(folder);
          if (measuring || !measured.containsKey(folder)) {
            measured.put(folder, probe.bytesIn(folder));
          }
        }
      } catch (IOException e) {
        // The store itself reports a folder that doesn't answer.
      }
    }
    var now = new ArrayList<DiskUse>();
    var known = new HashMap<String, DiskUse>();
    disks.forEach((disk, on) -> {
      try {
        DiskUse use = use(disk, on);
        now.add(use);
        on.forEach(folder -> known.put(folder.toAbsolutePath().toString(), use));
      } catch (IOException e) {
        // As above.
      }
    });
    byFolder = Map.copyOf(known);
    uses = List.copyOf(now);
  }

  private DiskUse use(String disk, List<Path> on) throws IOException {
    long own = on.stream().mapToLong(folder -> measured.getOrDefault(folder, 0L)).sum();
    long free = probe.freeBytes(on.getFirst());
    long all = own + free;
    long kept = Math.max(reserveBytes, (long) (all * (100.0 - settings.fullPercent()) / 100));
    DiskTrend trend = trends.computeIfAbsent(disk, _ -> new DiskTrend());
    trend.saw(time.nanos(), free);
    String path = on.getFirst().toString();
    boolean wasFull =
        uses.stream().anyMatch(use -> use.path().equals(path) && use.level() == SpaceLevel.FULL);
    long margin = wasFull ? all * MARGIN_PERCENT / 100 : 0;
    double percent = all == 0 ? 100 : 100.0 * own / all;
    SpaceLevel level =
        free <= kept + margin
            ? SpaceLevel.FULL
            : percent >= settings.movePercent()
                ? SpaceLevel.NO_MOVES
                : percent >= settings.warnPercent() ? SpaceLevel.WARN : SpaceLevel.ROOM;
    return new DiskUse(path, own, free, kept, level, trend.secondsUntil(time.nanos(), free, kept));
  }

  /** How full the disks are. */
  public List<DiskUse> uses() {
    return uses;
  }

  /** How full the disk of a data folder is; null while it can't be asked. */
  public @Nullable DiskUse use(Path folder) {
    return byFolder.get(folder.toAbsolutePath().toString());
  }

  /** Whether the disk of a path within a data folder takes no new chunk. */
  public boolean isFull(String path) {
    Path inside = Path.of(path).toAbsolutePath();
    return byFolder.entrySet().stream()
        .anyMatch(known ->
            known.getValue().level() == SpaceLevel.FULL && inside.startsWith(known.getKey()));
  }

  /** Whether no disk takes a new chunk. */
  public boolean isFull() {
    return isAtLeast(SpaceLevel.FULL);
  }

  /** Whether no disk takes what changes of the layout move. */
  public boolean refusesMoves() {
    return isAtLeast(SpaceLevel.NO_MOVES);
  }

  private boolean isAtLeast(SpaceLevel least) {
    List<DiskUse> now = uses;
    return !now.isEmpty() && now.stream().allMatch(use -> use.level().compareTo(least) >= 0);
  }
}
