/**
 * What a replica has forgotten by damage to its disk comes back from others. {@link Rebuild} says
 * why the replica may vote again then.
 *
 * <ul>
 *   <li>{@link LostRanges}: the ranges of keys that a replica has forgotten.
 *   <li>{@link Rebuild}: brings them back.
 *   <li>{@link RebuildStep}: the part of a range that is being brought back.
 *   <li>{@link Witnesses}: the replicas that have to be heard.
 *   <li>{@link RebuildStatus}: how far it is.
 * </ul>
 */
@NullMarked
package rondo.ring.rebuild;

import org.jspecify.annotations.NullMarked;
