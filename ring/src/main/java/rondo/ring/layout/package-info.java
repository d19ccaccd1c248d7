/**
 * The layout of a cluster, epoch after epoch.
 *
 * <ul>
 *   <li>{@link Layout}: members, assignment and the move under way, under an epoch.
 *   <li>{@link Members}: the nodes as they describe themselves and as the operator has changed
 *       them.
 *   <li>{@link NodeOverride}: what the operator has said of one node.
 *   <li>{@link LayoutChange}: a change that an operator asks for.
 *   <li>{@link LayoutPlan}: what a change would move.
 *   <li>{@link PartitionMove}: the move of partitions that is under way.
 *   <li>{@link LayoutCodec}: the bytes of a layout.
 *   <li>{@link LayoutBuffer}: the buffer that they are written to.
 *   <li>{@link RingDrawing}: a picture of a layout.
 * </ul>
 */
@NullMarked
package rondo.ring.layout;

import org.jspecify.annotations.NullMarked;
