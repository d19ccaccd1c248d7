package rondo.metadata.shard;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.message.Row;
import rondo.ring.placement.Placement;
import rondo.ring.port.Placements;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.VersionedValue;

/** The shard that rows are copied to, in batches. For one thread. */
final class MoveTarget {
  private static final int BATCH_ROWS = 200;
  private static final long BATCH_BYTES = 1 << 20;

  private final MoveRequests asking;
  private final Placements placements;
  private final Bytes shard;
  private final LongConsumer pace;
  private final List<Row> batch = new ArrayList<>();
  private long bytes;
  private long copied;

  /**
   * @param pace called with the bytes of every batch; may wait
   */
  MoveTarget(MoveRequests asking, Placements placements, Bytes shard, LongConsumer pace) {
    this.asking = asking;
    this.placements = placements;
    this.shard = shard;
    this.pace = pace;
  }

  /** Returns how many rows were copied; a row that changed counts each time. */
  long copied() {
    return copied;
  }

  void add(Key key, VersionedValue state) throws MoveAbandonedException {
    batch.add(new Row(new Key(key.table(), shard, key.sort()), state, null));
    Bytes value = state.value();
    bytes += key.sort().length() + (value == null ? 0 : value.length());
    if (batch.size() >= BATCH_ROWS || bytes >= BATCH_BYTES) {
      flush();
    }
  }

  /** Returns once a write quorum of the owners has all rows that were added. */
  void flush() throws MoveAbandonedException {
    if (batch.isEmpty()) {
      return;
    }
    Placement placement = placements.of(shard);
    var push = new Request.PushRows(placement.epoch(), List.copyOf(batch));
    if (!asking.gather(placement.writeSets(), push, reply -> reply instanceof Reply.Done)) {
      throw new MoveAbandonedException("too few owners take the rows");
    }
    copied += batch.size();
    pace.accept(bytes);
    batch.clear();
    bytes = 0;
  }
}
