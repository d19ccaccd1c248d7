/**
 * Rebuilds the rows that a replica lost by damage to its disk, from other replicas. {@link Rebuild}
 * proves that the replica may vote again afterwards.
 *
 * <ul>
 *   <li>{@link LostRanges}: the ranges of keys whose rows a replica has lost.
 *   <li>{@link Rebuild}: copies lost ranges from other replicas.
 *   <li>{@link RebuildStep}: the part of a range that is being copied.
 *   <li>{@link Witnesses}: the replicas that a rebuild must copy from.
 *   <li>{@link RebuildStatus}: how far the rebuild is.
 * </ul>
 */
@NullMarked
package rondo.ring.rebuild;

import org.jspecify.annotations.NullMarked;
