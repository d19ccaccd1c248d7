/**
 * Which nodes hold a partition, and how many answers make a quorum.
 *
 * <ul>
 *   <li>{@link Ring}: cuts the hash space into partitions, for each class of keys.
 *   <li>{@link Node}: a member of the cluster as it describes itself.
 *   <li>{@link Life}: its name, and which life of that name it is.
 *   <li>{@link Replication}: how many copies a class of keys has, and how many answers make a
 *       quorum.
 *   <li>{@link Assignment}: which nodes hold each partition.
 *   <li>{@link Vacancy}: the seat of a copy for which there is no node.
 *   <li>{@link PartitionOwners}: the nodes that hold one partition, with its replication.
 *   <li>{@link ReplicaSet}: nodes, and how many of them make a quorum.
 *   <li>{@link Placement}: the replica sets that reads and writes of one partition need, under an
 *       epoch.
 *   <li>{@link NotServingException}: this node may not place rows now.
 *   <li>{@link Quorums}: larger quorums than the layout asks for.
 * </ul>
 */
@NullMarked
package rondo.ring.placement;

import org.jspecify.annotations.NullMarked;
