/**
 * Clusters of {@link RepairedRows} and {@link MemoryHints} lose messages and nodes, heal, and are
 * compared: {@link RepairCluster} runs one from a seed, {@link Promised} is what hints must bring,
 * {@link AntiEntropyTest} says what must hold, and {@link HandoffTest} looks at one node's hints.
 * {@link LosingRows} forget what they knew, in a {@link LossCluster} of {@link RefillTest}.
 */
@NullMarked
package rondo.ring.repair;

import org.jspecify.annotations.NullMarked;
