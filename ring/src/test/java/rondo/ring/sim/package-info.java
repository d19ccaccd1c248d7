/**
 * A simulated cluster from one seed.
 *
 * <ul>
 *   <li>{@link Simulation}: runs virtual threads one at a time in virtual time.
 *   <li>{@link Wire}: loses, delays, reorders and doubles messages between nodes.
 *   <li>{@link ClientNetwork}: the network of one operation, whose coordinator may die.
 *   <li>{@link SimulatedReplica}: keeps the rows that a crash leaves.
 *   <li>{@link RowsOnlyNode}: a node that answers requests on rows alone.
 *   <li>{@link CoordinatorNode}: a node that coordinates, with a wrong clock.
 *   <li>{@link RegisterCluster}: replicas, coordinators and the move of all keys to other replicas.
 *   <li>{@link Faults}: crashes nodes, cuts links and sets clocks.
 *   <li>{@link Mutation}: breaks the protocol on purpose.
 *   <li>{@link RegisterWorkload}: drives clients.
 *   <li>{@link ClientOperation}: an operation as its client saw it.
 *   <li>{@link ObservedListing}: a listing as its client saw it.
 *   <li>{@link History}: keeps operations, for clusters of other packages.
 *   <li>{@link Linearizability}: decides whether an order of the operations explains their results.
 *   <li>{@link Scene}: one run from one seed.
 *   <li>{@link RunResult}: the result of a run.
 *   <li>{@link SeedExplorer}: runs many seeds from the command line.
 * </ul>
 */
@NullMarked
package rondo.ring.sim;

import org.jspecify.annotations.NullMarked;
