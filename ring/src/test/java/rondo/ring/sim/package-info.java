/**
 * A simulated cluster from one seed. {@code Simulation} runs virtual threads one at a time in
 * virtual time; {@code Wire} loses, delays, reorders and doubles what nodes say; {@code
 * SimulatedReplica} keeps what a crash leaves; {@code RegisterCluster} holds replicas, coordinators
 * and the move of all keys to other replicas; {@code RegisterWorkload} drives clients; {@code
 * ClientOperation} is what one of them saw, {@code History} keeps that for clusters of other
 * packages, and {@code Linearizability} judges; {@code Mutation} breaks the protocol on purpose.
 */
@NullMarked
package rondo.ring.sim;

import org.jspecify.annotations.NullMarked;
