package rondo.metadata.engine.damage;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import rondo.metadata.disk.DiskFile;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.EngineCounters;
import rondo.metadata.engine.EngineException;
import rondo.metadata.engine.block.BlockSums;
import rondo.metadata.engine.block.CheckpointFiles;
import rondo.metadata.engine.block.CheckpointPart;
import rondo.metadata.engine.checkpoint.CheckpointSum;

/**
 * Reads files again from the disk, past every cache of this process, and compares them with their
 * checksums. For one thread.
 */
public final class Verification {
  private final Engine.Pace pace;
  private final EngineCounters counters;
  private final List<String> damaged = new ArrayList<>();
  private long bytes;
  private boolean ended;

  public Verification(Engine.Pace pace, EngineCounters counters) {
    this.pace = pace;
    this.counters = counters;
  }

  /** Returns the result so far. */
  public Engine.Verified result() {
    return new Engine.Verified(bytes, damaged);
  }

  /** Whether every file of a checkpoint is whole; the caller holds the checkpoint. */
  public boolean checkpoint(CheckpointFiles files) {
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
      CheckpointPart index = sum.index();
      if (index != null) {
        part(files, files.index(), index);
      }
    } catch (IOException e) {
      found(files.path(files.sum()) + " can't be read: " + e.getMessage());
    } catch (EngineException e) {
      found(String.valueOf(e.getMessage()));
    }
  }

  private void part(CheckpointFiles files, String name, CheckpointPart part) {
    try (DiskFile file = files.disk().open(name)) {
      for (int number = 0; number < part.blocks() && !ended; number++) {
        block(files.path(name), file, part, number);
      }
    } catch (IOException e) {
      found(files.path(name) + " can't be opened: " + e.getMessage());
    }
  }

  private void block(String name, DiskFile file, CheckpointPart part, int number) {
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

  /**
   * Waits until so many bytes may be read, and counts them; false once the verification is given
   * up.
   */
  boolean spend(long more) {
    ended = ended || !pace.spend(more);
    bytes += ended ? 0 : more;
    return !ended;
  }

  /** Takes note of damage, in one line for an operator. */
  public void found(String what) {
    counters.damaged().increment();
    damaged.add(what);
  }
}
