/**
 * Random input for the readers of bytes that come from clients and from other nodes.
 *
 * <ul>
 *   <li>{@link Fuzz} makes input from good examples and checks the reader's promises.
 *   <li>{@link FuzzDriver} lets Jazzer make the input, for hours.
 * </ul>
 */
@NullMarked
package rondo.ring.fuzz;

import org.jspecify.annotations.NullMarked;
