/**
 * The messages between nodes, and their bytes.
 *
 * <ul>
 *   <li>{@link Request}: a question or a command to a node.
 *   <li>{@link ScanRange}: the rows that a scan returns.
 *   <li>{@link Row}: one replica's knowledge of a register, for another replica.
 *   <li>{@link NodeState}: a node's state, which it announces and others pass on.
 *   <li>{@link Reply}: what a node replies.
 *   <li>{@link Answer}: a reply and the node that gave it.
 *   <li>{@link MessageCodec}: the bytes of requests and replies.
 *   <li>{@link RepairCodec}: the bytes of messages with which replicas compare their rows.
 *   <li>{@link MembershipCodec}: the bytes of messages about layouts.
 *   <li>{@link NodeCodec}: the bytes of messages that concern a node itself.
 *   <li>{@link TailCodec}: the bytes of messages that move the tail of a partition key's rows.
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
