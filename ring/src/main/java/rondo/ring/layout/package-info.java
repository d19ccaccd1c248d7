/**
 * The layout of a cluster, epoch after epoch.
 *
 * <ul>
 *   <li>{@link Layout}: the members, the assignment and the move under way, in one epoch.
 *   <li>{@link ClusterLife}: one life of a cluster, of which a rescue begins another one.
 *   <li>{@link RescuePlan}: the layout by which a cluster goes on without nodes that a quorum
 *       needs.
 *   <li>{@link Members}: the nodes, as they describe themselves and as the operator has changed
 *       them.
 *   <li>{@link Introduction}: what a node tells of itself when it asks to join.
 *   <li>{@link JoinKey}: a join token, as the layout knows it.
 *   <li>{@link JoinKeys}: the join tokens of a layout's members.
 *   <li>{@link Feature}: what a cluster does only once all members can.
 *   <li>{@link NodeOverride}: the operator's settings for one node.
 *   <li>{@link MemberLives}: how members get names, and how one life follows another.
 *   <li>{@link Dismissal}: when a node is a member no more.
 *   <li>{@link LayoutChange}: a change that an operator asks for.
 *   <li>{@link NodeNames}: finds nodes by their names, and names them in texts.
 *   <li>{@link Redundancy}: what a change would leave of the copies.
 *   <li>{@link LayoutPlan}: the moves that a change would cause.
 *   <li>{@link PartitionMove}: the move of partitions that is under way.
 *   <li>{@link LayoutCodec}: the bytes of a layout.
 *   <li>{@link MemberCodec}: the bytes of its members.
 *   <li>{@link LayoutBuffer}: the growing buffer that they are written to.
 *   <li>{@link RingDrawing}: a picture of a layout.
 * </ul>
 */
@NullMarked
package rondo.ring.layout;

import org.jspecify.annotations.NullMarked;
