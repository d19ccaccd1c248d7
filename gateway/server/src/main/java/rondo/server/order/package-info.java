/**
 * Orders of operators that stand in a row of the cluster until they are over or taken back.
 *
 * <ul>
 *   <li>{@link OrderBook}: reads the row, and changes it.
 *   <li>{@link StandingOrders}: all orders, and the text of the row.
 *   <li>{@link Absence}: a node that is away on purpose.
 *   <li>{@link Absences}: decides whether one more node may be away.
 *   <li>{@link CopyRates}: how fast this node copies.
 * </ul>
 */
@NullMarked
package rondo.server.order;

import org.jspecify.annotations.NullMarked;
