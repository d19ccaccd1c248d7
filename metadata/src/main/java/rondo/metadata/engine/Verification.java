package rondo.metadata.engine;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import rondo.metadata.disk.DiskFile;

/** Reads files again, past every cache of this process. For one thread. */
final class Verification {
  private final Engine.Pace pace;
  private final EngineCounters counters;
  private final List<String> damaged = new ArrayList<>();
  private long bytes;
  private boolean ended;

  Verification(Engine.Pace pace, EngineCounters counters) {
    this.pace = pace;
    this.counters = counters;
  }

  Engine.Verified result() {
    return new Engine.Verified(bytes, damaged);
  }

  /** True when all of it is what was written; the caller holds the checkpoint. */
  boolean checkpoint(CheckpointFiles files) {
    int before = damaged.size();
    read(files);
    return damaged.size() == before;
  }

  private void read(CheckpointFiles files) {
    try {
      CheckpointSum sum = CheckpointSum.read(files);
      part(files, files.table(), sum.table());
      part(files, files.values(), sum.values());
      part(files, files.filter(), sum.filter());
      Part index = sum.index();
      if (index != null) {
        part(files, files.index(), index);
      }
    } catch (IOException e) {
      found(files.path(files.sum()) + " can't be read: " + e.getMessage());
    } catch (EngineException e) {
      found(String.valueOf(e.getMessage()));
    }
  }

  private void part(CheckpointFiles files, String name, Part part) {
    try (DiskFile file = files.disk().open(name)) {
      for (int number = 0; number < part.blocks() && !ended; number++) {
        block(files.path(name), file, part, number);
      }
    } catch (IOException e) {
      found(files.path(name) + " can't be opened: " + e.getMessage());
    }
  }

  private void block(String name, DiskFile file, Part part, int number) {
    var block = new byte[part.blockBytes(number)];
    long offset = (long) number * BlockSums.BLOCK_BYTES;
    if (!spend(block.length)) {
      return;
    }
    try {
      file.read(ByteBuffer.wrap(block), offset);
      if (!part.isWhole(number, block)) {
        found("%s is damaged at offset %d".formatted(name, offset));
      }
    } catch (IOException e) {
      found("%s can't be read at offset %d: %s".formatted(name, offset, e.getMessage()));
    }
  }

  /** Waits until so many bytes may be read, and counts them; false once there is no point. */
  boolean spend(long more) {
    ended = ended || !pace.spend(more);
    bytes += ended ? 0 : more;
    return !ended;
  }

  void found(String what) {
    counters.damaged().increment();
    damaged.add(what);
  }
}
