/**
 * The way out when a quorum is gone for good.
 *
 * <ul>
 *   <li>{@link RescueDesk} takes an operator's order, shows what it means, and carries it out.
 *   <li>{@link RescueDamage} says what is gone with the dead nodes, and what may be missing.
 *   <li>{@link EqualityReports} collects until when the nodes left had what the dead had.
 *   <li>{@link StoredEqualTimes} keeps that of this node on its disk.
 * </ul>
 */
@NullMarked
package rondo.server.rescue;

import org.jspecify.annotations.NullMarked;
