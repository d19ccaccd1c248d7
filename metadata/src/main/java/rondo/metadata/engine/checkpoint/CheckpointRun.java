package rondo.metadata.engine.checkpoint;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.Slot;
import rondo.metadata.engine.SlotSource;
import rondo.ring.value.Bytes;

/**
 * A sorted run: checkpoints side by side that together are one sorted sequence of slots. No two of
 * them span the same key.
 *
 * @param checkpoints in the order of their keys; at least one
 */
public record CheckpointRun(List<Checkpoint> checkpoints) {
  public CheckpointRun {
    checkpoints = List.copyOf(checkpoints);
  }

  /** Returns how many bytes the files of all checkpoints have. */
  public long bytes() {
    return checkpoints.stream().mapToLong(Checkpoint::bytes).sum();
  }

  /**
   * Returns this run with {@code next} in the place of {@code old}, if that is in it; null when
   * nothing is left.
   */
  @Nullable
  public CheckpointRun with(Checkpoint old, List<Checkpoint> next) {
    int at = checkpoints.indexOf(old);
    if (at < 0) {
      return this;
    }
    var changed = new ArrayList<>(checkpoints);
    changed.remove(at);
    changed.addAll(at, next);
    return changed.isEmpty() ? null : new CheckpointRun(changed);
  }

  /** Returns the slot of {@code key}; null when there is none. The caller holds all checkpoints. */
  @Nullable
  public Slot get(Bytes key) {
    int at = behind(key) - 1;
    return at >= 0 && checkpoints.get(at).spans(key) ? checkpoints.get(at).get(key) : null;
  }

  /** Returns how many checkpoints begin at {@code key} or before it. */
  private int behind(Bytes key) {
    int low = 0;
    int high = checkpoints.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (checkpoints.get(middle).sum().first().compareTo(key) <= 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /**
   * Walks through the slots from {@code from} (inclusive) to {@code to} (exclusive; null for the
   * end). The caller holds all checkpoints until the walk is over.
   */
  public SlotSource source(Bytes from, @Nullable Bytes to) {
    return new Walk(from, to);
  }

  /** Cuts the run into pieces of at most {@code most} checkpoints. */
  public List<CheckpointRun> groups(int most) {
    var groups = new ArrayList<CheckpointRun>();
    for (int i = 0; i < checkpoints.size(); i += most) {
      groups.add(new CheckpointRun(checkpoints.subList(i, Math.min(i + most, checkpoints.size()))));
    }
    return groups;
  }

  private final class Walk implements SlotSource {
    private final @Nullable Bytes to;
    private int next;
    private @Nullable SlotSource current;

    Walk(Bytes from, @Nullable Bytes to) {
      this.to = to;
      jump(from);
    }

    private void jump(Bytes from) {
      int behind = behind(from);
      boolean inside = behind > 0 && checkpoints.get(behind - 1).spans(from);
      next = inside ? behind - 1 : behind;
      current = null;
      enter(from);
    }

    /** Enters checkpoints one after the other until one has a slot. */
    private void enter(Bytes from) {
      while ((current == null || current.key() == null) && next < checkpoints.size()) {
        Checkpoint checkpoint = checkpoints.get(next);
        if (to != null && checkpoint.sum().first().compareTo(to) >= 0) {
          next = checkpoints.size();
          return;
        }
        current = checkpoint.source(from, to);
        next++;
      }
    }

    @Override
    public @Nullable Bytes key() {
      return current == null ? null : current.key();
    }

    @Override
    public Slot slot() {
      if (current == null) {
        throw new IllegalStateException("past the end");
      }
      return current.slot();
    }

    @Override
    public void advance() {
      if (current != null) {
        current.advance();
        enter(Bytes.EMPTY);
      }
    }

    @Override
    public void seek(Bytes key) {
      Bytes now = key();
      if (current == null || now == null || now.compareTo(key) >= 0) {
        return;
      }
      if (checkpoints.get(next - 1).spans(key)) {
        current.seek(key);
        enter(key);
      } else {
        jump(key);
      }
    }
  }
}
