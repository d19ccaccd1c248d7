package rondo.store.shard;

import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import rondo.metadata.shard.MoveCleaner;
import rondo.metadata.shard.ShardMover;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.port.Network;
import rondo.ring.port.Placements;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.store.row.RowStore;

/**
 * The parts of a node that a move of shards needs.
 *
 * @param spreads whether splitting a shard spreads its load: there are more nodes than copies
 */
public record ShardMoveContext(
    Coordinator coordinator,
    Placements placements,
    Network network,
    Tasks tasks,
    Time time,
    BooleanSupplier spreads) {
  /** The pause between two batches of rows, which leaves room for clients' requests. */
  private static final long PAUSE_NANOS = 2_000_000L;

  ShardMover mover() {
    LongConsumer pace = bytes -> coordinator.pause(PAUSE_NANOS);
    return new ShardMover(
        coordinator, placements, network, tasks, time, pace, 2 * RowStore.PATIENCE_NANOS);
  }

  MoveCleaner cleaner() {
    return new MoveCleaner(coordinator, placements, network, tasks, time, PAUSE_NANOS);
  }
}
