/**
 * How a cluster comes to agree on its layout.
 *
 * <ul>
 *   <li>{@link Membership}: one node's part in the cluster.
 *   <li>{@link LayoutDriver}: takes in nodes, and drives what is to be done.
 *   <li>{@link LayoutChanges}: puts an operator's changes into the layout.
 *   <li>{@link LayoutSuccession}: proposes epochs, of which one follows each.
 *   <li>{@link Daemon}: a thread that starts again when it fails.
 * </ul>
 */
@NullMarked
package rondo.ring.membership;

import org.jspecify.annotations.NullMarked;
