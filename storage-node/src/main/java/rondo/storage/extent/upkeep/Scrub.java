package rondo.storage.extent.upkeep;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;
import rondo.metadata.disk.Disk;
import rondo.ring.port.Time;
import rondo.storage.chunk.StorageDamage;
import rondo.storage.extent.file.ChunkIndex;
import rondo.storage.extent.file.ChunkReader;
import rondo.storage.extent.file.Extent;
import rondo.storage.extent.file.ExtentEntry;
import rondo.storage.extent.file.ExtentFolder;
import rondo.storage.extent.file.ExtentFormat;
import rondo.storage.folder.CorruptException;
import rondo.storage.folder.DiskException;

/**
 * Reads a folder's live records, heads, footers and log of drops again, to find damage. It
 * quarantines a damaged chunk, has an extent with a damaged head or footer rewritten, and rewrites
 * a damaged log. Dropped records, which compaction frees, are not read. For one thread, except for
 * its state.
 */
public final class Scrub {
  private static final int PIECE_BYTES = 256 * 1024;

  private final ExtentFolder folder;
  private final Disk disk;
  private final ChunkIndex index;
  private final Consumer<StorageDamage> found;
  private final Time time;
  private final long openedMicros;
  private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);
  private final LongAdder bytes = new LongAdder();
  private volatile ScrubState state;
  private volatile boolean asked;
  private volatile boolean hurried;
  private @Nullable Extent current;
  private Iterator<ExtentEntry> entries = List.<ExtentEntry>of().iterator();

  public Scrub(
      ExtentFolder folder, Disk disk, ChunkIndex index, Time time, Consumer<StorageDamage> found) {
    this.folder = folder;
    this.disk = disk;
    this.index = index;
    this.time = time;
    this.openedMicros = time.wallMicros();
    this.found = found;
    this.state = ScrubState.load(disk);
  }

  public ScrubState state() {
    return state;
  }

  /**
   * Returns when the last whole pass ended, or else when the folder was opened; microseconds since
   * 1970.
   */
  public long verifiedMicros() {
    return state.endedMicros() == 0 ? openedMicros : state.endedMicros();
  }

  /** Whether no pass is under way. */
  public boolean isDone() {
    return state.beganMicros() == 0 || state.extent() == Long.MAX_VALUE;
  }

  /** Returns how many bytes were read since the start. */
  public long bytes() {
    return bytes.sum();
  }

  /** Makes the next pass begin at once and run in a hurry. Any thread may call this. */
  public void ask() {
    asked = true;
  }

  /** Whether this pass was asked for, so that it runs at the rate of compaction. */
  public boolean isHurried() {
    return hurried;
  }

  /** Begins another pass if one was asked for, or if the last one began at least so long ago. */
  public void beginIfDue(Duration period) {
    long age = time.wallMicros() - state.beganMicros();
    if (asked || (isDone() && age >= period.toNanos() / 1000)) {
      hurried = asked;
      asked = false;
      end();
      state = state.began(time.wallMicros());
    }
  }

  /**
   * Returns the state, ready to become JSON.
   *
   * @param clock formats microseconds since 1970
   */
  public Map<String, Object> view(LongFunction<String> clock) {
    var now = state;
    var view = new LinkedHashMap<String, Object>();
    view.put("folder", folder.path());
    view.put("began", now.beganMicros() == 0 ? "not yet" : clock.apply(now.beganMicros()));
    view.put("running", asked || !isDone());
    view.put("findings", now.findings());
    view.put("lastEnded", now.endedMicros() == 0 ? "not yet" : clock.apply(now.endedMicros()));
    view.put("lastFindings", now.lastFindings());
    return view;
  }

  /**
   * Reads a record, or the head and footer of an extent, or the log.
   *
   * @return bytes that were read; 0 when the pass is over
   * @throws DiskException when the disk fails otherwise than in reading
   */
  public long step() {
    try {
      while (!isDone()) {
        var extent = current;
        long read = extent == null ? next() : entries.hasNext() ? check(extent) : end();
        if (read > 0) {
          bytes.add(read);
          return read;
        }
      }
      return 0;
    } catch (IOException e) {
      throw folder.health().failed("can't scrub " + folder.path(), e);
    }
  }

  /** Goes on to the next extent, or ends the pass. */
  private long next() throws IOException {
    var extent = folder.after(state.extent());
    if (extent == null) {
      long log = folder.checkLog(this::found);
      state = state.ended(time.wallMicros());
      hurried = false;
      state.store(disk);
      return log;
    }
    state = state.read(extent.number());
    state.store(disk);
    current = extent;
    long size = ExtentFormat.HEAD_BYTES;
    try {
      boolean worn = !extent.head().equals(ExtentFormat.head(extent.file()));
      var all = extent.knownEntries();
      worn |= all == null;
      if (worn) {
        folder.wear(extent);
        found(new StorageDamage(null, extent.fileName() + " has a damaged head or index"));
      }
      entries = (all == null ? extent.allEntries() : all).iterator();
    } catch (IOException | DiskException e) {
      found(new StorageDamage(null, extent.fileName() + " can't be read: " + e.getMessage()));
    }
    return size;
  }

  private long end() {
    var extent = current;
    current = null;
    entries = List.<ExtentEntry>of().iterator();
    if (extent != null) {
      ChunkReader.release(extent);
    }
    return 0;
  }

  private long check(Extent extent) {
    var entry = entries.next();
    var place = index.get(entry.id());
    if (place == null || !place.isAt(entry.in(extent)) || place.quarantined() || !extent.retain()) {
      return 0;
    }
    try (var reader = ChunkReader.open(entry.id(), place)) {
      for (int at = 0; at < reader.length(); at += PIECE_BYTES) {
        piece.clear().limit(Math.min(PIECE_BYTES, reader.length() - at));
        reader.read(at, piece);
      }
    } catch (CorruptException e) {
      if (folder.quarantine(entry.id(), place)) {
        found(new StorageDamage(entry.id(), folder.path() + ": " + e.getMessage()));
      }
    }
    return entry.recordBytes();
  }

  private void found(StorageDamage damage) {
    state = state.found();
    found.accept(damage);
  }
}
