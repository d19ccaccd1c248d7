/**
 * What nodes say to each other.
 *
 * <ul>
 *   <li>{@link Request}: a question or an order to a node.
 *   <li>{@link ScanRange}: the rows that a scan returns.
 *   <li>{@link Row}: what one replica knows of a register, for another replica.
 *   <li>{@link NodeState}: news of a node, told by itself or passed on.
 *   <li>{@link Reply}: what a node replies.
 *   <li>{@link Answer}: a reply and the node that gave it.
 *   <li>{@link MessageCodec}: the bytes of requests and replies.
 *   <li>{@link RepairCodec}: the bytes of what replicas ask each other when they compare
 *       themselves.
 *   <li>{@link MembershipCodec}: the bytes of what nodes tell each other about layouts.
 *   <li>{@link NodeCodec}: the bytes of what concerns a node itself.
 *   <li>{@link TailCodec}: the bytes of what moves the tail of a partition key's rows.
 *   <li>{@link RowsCodec}: the bytes of lists of rows.
 *   <li>{@link ReasonCodec}: the bytes of the reasons of refusals.
 *   <li>{@link MessageWriter}: puts a message together.
 *   <li>{@link MessageReader}: takes a message apart.
 *   <li>{@link MalformedException}: bytes that are no message.
 * </ul>
 */
@NullMarked
package rondo.ring.message;

import org.jspecify.annotations.NullMarked;
