/**
 * What nodes say to each other. A {@link Request} asks for a register's state, a {@link Range} of
 * rows, whole {@link Row}s or a layout, and tells {@link Fact}s of nodes; a {@link Reply} answers,
 * and an {@link Answer} says whose reply it is. {@link MessageCodec} has the bytes of both ({@code
 * RepairCodec} of those between replicas that compare themselves, {@code TailCodec} of those that
 * move a partition key's tail, {@code ReasonCodec} of refusals), made by {@code Writer} and taken
 * apart by {@code Reader}; what is no message is a {@link MalformedException}.
 */
@NullMarked
package rondo.ring.message;

import org.jspecify.annotations.NullMarked;
