package rondo.ring.sim;

import java.util.List;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.placement.Placement;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.port.Network;
import rondo.ring.port.Placements;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;
import rondo.ring.version.HybridClock;

/**
 * A node that coordinates: its wrong clock, the clock's stored high-water mark, and the layout that
 * it knows.
 */
final class CoordinatorNode implements Time, Placements {
  private final RegisterCluster cluster;
  private final NodeId id;
  private long skewMicros;
  private long ceiling;
  private long known;
  private long starts;
  private HybridClock clock;

  CoordinatorNode(RegisterCluster cluster, NodeId id) {
    this.cluster = cluster;
    this.id = id;
    this.clock = newClock();
    jump();
  }

  NodeId id() {
    return id;
  }

  Coordinator coordinator(Network network) {
    return new Coordinator(
        id, clock, this, network, cluster.simulation, this, cluster.simulation.randomness());
  }

  /** Sets the wall clock, right or wrong. */
  void jump() {
    skewMicros = cluster.random.nextInt(4_000_000);
  }

  /** Restarts the process: its clock knows only the stored mark. */
  void restart() {
    clock = newClock();
    jump();
  }

  void learn(long epoch) {
    known = Math.max(known, Math.min(epoch, cluster.active()));
  }

  long known() {
    return known;
  }

  @Override
  public long wallMicros() {
    return cluster.simulation.nanos() / 1000 + skewMicros;
  }

  @Override
  public long nanos() {
    return cluster.simulation.nanos();
  }

  @Override
  public Placement of(Bytes partition) {
    Placement placement = cluster.placements.get((int) known);
    return cluster.mutation == Mutation.SMALL_QUORUMS && cluster.random.nextBoolean()
        ? new Placement(
            known,
            List.of(new ReplicaSet(placement.readSets().getFirst().nodes(), 1)),
            placement.writeSets())
        : placement;
  }

  @Override
  public void stale(long epoch) {
    cluster.simulation.at(cluster.random.nextInt(50) * Simulation.MILLIS, () -> learn(epoch));
  }

  private HybridClock newClock() {
    long own = ++starts;
    return new HybridClock(
        this,
        ceiling,
        raised -> {
          // An operation from before the restart dies here at the latest.
          if (own != starts) {
            throw new Simulation.Killed();
          }
          ceiling = raised;
        });
  }
}
