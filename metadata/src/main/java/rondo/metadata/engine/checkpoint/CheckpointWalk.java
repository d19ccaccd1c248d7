package rondo.metadata.engine.checkpoint;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import rondo.metadata.engine.DamageException;
import rondo.metadata.engine.Slot;
import rondo.metadata.engine.SlotSource;
import rondo.metadata.engine.table.TableRows;
import rondo.ring.value.Bytes;

/**
 * A walk through a checkpoint. It reads no file before it has to: while it stands at the
 * checkpoint's first row nothing has been read. Not thread-safe.
 */
final class CheckpointWalk implements SlotSource {
  private final Checkpoint checkpoint;
  private final @Nullable Bytes to;

  /** Null before the first read. */
  private @Nullable TableRows rows;

  private @Nullable Bytes key;

  /** A read has failed, so that the walk has no place any more. */
  private boolean lost;

  /** The caller holds the checkpoint until the walk is over. */
  CheckpointWalk(Checkpoint checkpoint, Bytes from, @Nullable Bytes to) {
    this.checkpoint = checkpoint;
    this.to = to;
    Bytes first = checkpoint.sum().first();
    if (from.compareTo(first) <= 0) {
      arrive(first);
    } else if (isBeforeEnd(from)) {
      rows = checkpoint.rows(from);
      arrive(rows.key());
    }
  }

  private TableRows opened() {
    if (rows == null) {
      rows = checkpoint.rows(checkpoint.sum().first());
    }
    return rows;
  }

  private boolean isBeforeEnd(Bytes one) {
    return to == null || one.compareTo(to) < 0;
  }

  private void arrive(@Nullable Bytes at) {
    key = at != null && isBeforeEnd(at) ? at : null;
  }

  @Override
  public @Nullable Bytes key() {
    if (lost) {
      throw new DamageException("this walk has met damage");
    }
    return key;
  }

  @Override
  public Slot slot() {
    if (key() == null) {
      throw new IllegalStateException("past the end");
    }
    return checkpoint.noting(() -> checkpoint.decode(opened().value()));
  }

  @Override
  public void advance() {
    if (key() != null) {
      move(TableRows::advance);
    }
  }

  private void move(Consumer<TableRows> step) {
    TableRows at = opened();
    lost = true;
    arrive(
        checkpoint
            .noting(() -> {
              step.accept(at);
              return at;
            })
            .key());
    lost = false;
  }

  @Override
  public void seek(Bytes next) {
    Bytes now = key();
    if (now == null || now.compareTo(next) >= 0) {
      return;
    }
    if (!isBeforeEnd(next)) {
      key = null;
    } else if (rows == null) {
      rows = checkpoint.rows(next);
      arrive(rows.key());
    } else {
      move(at -> at.seek(next));
    }
  }
}
