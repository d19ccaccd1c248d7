package rondo.metadata.engine.damage;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.DamageException;
import rondo.metadata.engine.LostRange;
import rondo.metadata.engine.Slot;
import rondo.metadata.engine.SlotSource;
import rondo.metadata.engine.checkpoint.Checkpoint;
import rondo.metadata.engine.table.TableGroups;
import rondo.ring.value.Bytes;

/**
 * Walks through the rows of a damaged checkpoint that can still be read, and collects the lost
 * ranges between them. For one thread.
 */
public final class CheckpointSalvage implements SlotSource {
  /**
   * A salvage with more lost ranges makes one large range of them: each costs a comparison at every
   * read.
   */
  private static final int MOST_LOST_RANGES = 200;

  private final Checkpoint damaged;
  private final TableGroups groups;
  private final long nowMillis;
  private final Deque<TableGroups.Row> rows = new ArrayDeque<>();
  private final List<LostRange> lostRanges = new ArrayList<>();
  private boolean gap;
  private @Nullable Bytes key;
  private @Nullable Slot slot;
  private @Nullable Bytes last;

  /** The caller holds the checkpoint. */
  public CheckpointSalvage(Checkpoint damaged, long nowMillis) {
    this.damaged = damaged;
    this.groups = damaged.groups();
    this.nowMillis = nowMillis;
    advance();
  }

  /** Returns the key ranges that can't be read; complete once the walk is at its end. */
  public List<LostRange> lostRanges() {
    return lostRanges.size() <= MOST_LOST_RANGES
        ? List.copyOf(lostRanges)
        : List.of(
            new LostRange(lostRanges.getFirst().from(), lostRanges.getLast().to(), nowMillis));
  }

  @Override
  public @Nullable Bytes key() {
    return key;
  }

  @Override
  public Slot slot() {
    if (slot == null) {
      throw new IllegalStateException("past the end");
    }
    return slot;
  }

  @Override
  public void advance() {
    last = key;
    TableGroups.Row row = nextRow();
    while (row != null && !read(row)) {
      gap = true;
      row = nextRow();
    }
    Bytes to = row == null ? LostRange.behind(damaged.sum().last()) : row.key();
    if (gap) {
      Bytes from = last == null ? damaged.sum().first() : LostRange.behind(last);
      lostRanges.add(new LostRange(from, to, nowMillis));
      gap = false;
    }
    key = row == null ? null : to;
  }

  private boolean read(TableGroups.Row row) {
    try {
      slot = damaged.decode(row.slot());
      return true;
    } catch (DamageException _) {
      return false;
    }
  }

  private TableGroups.@Nullable Row nextRow() {
    while (rows.isEmpty()) {
      TableGroups.Group group = groups.next();
      if (group == null) {
        return null;
      }
      gap |= group.rows().isEmpty();
      rows.addAll(group.rows());
    }
    return rows.remove();
  }

  @Override
  public void seek(Bytes to) {
    throw new UnsupportedOperationException("read from its start to its end");
  }
}
