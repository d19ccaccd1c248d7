/**
 * Clusters of {@link RepairedRows} lose messages and nodes, heal, and are compared: {@link
 * RepairCluster} runs one from a seed, {@link AntiEntropyTest} says what must hold.
 */
@NullMarked
package rondo.ring.repair;

import org.jspecify.annotations.NullMarked;
