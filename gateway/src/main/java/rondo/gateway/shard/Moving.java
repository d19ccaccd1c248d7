package rondo.gateway.shard;

import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import rondo.gateway.store.Rows;
import rondo.metadata.shard.Cleaner;
import rondo.metadata.shard.Mover;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.port.Network;
import rondo.ring.port.Placements;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;

/**
 * What a node moves shards with.
 *
 * @param spreads whether more shards are held by more nodes: there are more nodes than copies
 */
public record Moving(
    Coordinator coordinator,
    Placements placements,
    Network network,
    Tasks tasks,
    Time time,
    BooleanSupplier spreads) {
  /** Between two batches of rows, so that clients come in between. */
  private static final long PAUSE_NANOS = 2_000_000L;

  Mover mover() {
    LongConsumer pace = bytes -> coordinator.pause(PAUSE_NANOS);
    return new Mover(coordinator, placements, network, tasks, time, pace, 2 * Rows.PATIENCE_NANOS);
  }

  Cleaner cleaner() {
    return new Cleaner(coordinator, placements, network, tasks, time, PAUSE_NANOS);
  }
}
