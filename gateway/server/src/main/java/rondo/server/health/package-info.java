/**
 * A node's health in four questions: the answers, and what can be told from the layout alone.
 *
 * <ul>
 *   <li>{@link HealthQuestion}: live, ready, quorum or whole.
 *   <li>{@link HealthCause}: all that can be a reason, or a warning.
 *   <li>{@link HealthReason}: one reason why a question is answered with no.
 *   <li>{@link HealthReport}: the answers to all questions at one moment, in all their forms.
 *   <li>{@link QuorumHealth}: the partitions that can't be read or written now.
 *   <li>{@link ZoneSpread}: the partitions with fewer zones than they could have.
 *   <li>{@link PartitionRanges}: writes sets of partitions.
 *   <li>{@link HealthLog}: writes a line when an answer changes.
 * </ul>
 */
@NullMarked
package rondo.server.health;

import org.jspecify.annotations.NullMarked;
