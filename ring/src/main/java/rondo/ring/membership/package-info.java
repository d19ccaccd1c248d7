/**
 * The cluster's agreement on its layout.
 *
 * <ul>
 *   <li>{@link Membership}: one node's part in the cluster.
 *   <li>{@link Admission}: decides who becomes a member.
 *   <li>{@link Founding}: the meeting of nodes that found a cluster together.
 *   <li>{@link LayoutDriver}: takes in nodes, and drives layout changes forward.
 *   <li>{@link LayoutChanges}: puts an operator's changes into the layout.
 *   <li>{@link Acknowledgements}: which members may still go by an older layout.
 *   <li>{@link LayoutSuccession}: proposes epochs, exactly one of which follows each.
 *   <li>{@link Rescue}: begins another life of the cluster without nodes that a quorum needs.
 *   <li>{@link Daemon}: runs a task that starts again when it fails.
 * </ul>
 */
@NullMarked
package rondo.ring.membership;

import org.jspecify.annotations.NullMarked;
