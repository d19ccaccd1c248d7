/**
 * Admission: what clients may hold of a node at once, by bytes, time and share.
 *
 * <ul>
 *   <li>{@link AdmissionSettings} are the bounds, derived from the memory of the process.
 *   <li>{@link BoundedTransport} makes connections read into small buffers, and counts them.
 *   <li>{@link ConnectionGate} stands before the acceptor of a listening socket.
 *   <li>{@link OpenConnections} bounds the number of connections and the time of heads.
 *   <li>{@link WatchedConnection} notes when a connection's next head begins to arrive.
 *   <li>{@link MemoryBudget} is the memory of all requests in work.
 *   <li>{@link MemoryQueue} holds the requests that wait for memory.
 *   <li>{@link RequestMemory} is the part of it that one request holds.
 *   <li>{@link ClientUse} is the memory that the requests of one client hold.
 *   <li>{@link PausedRequests} chooses the requests to cut while memory is short.
 *   <li>{@link OperationMemory} tells what operations need beside body and answer.
 *   <li>{@link BodyPace} is the pace at which a client must send a body.
 *   <li>{@link ClientLimits} puts the limits of one server together.
 *   <li>{@link AdmissionCounters} counts what was refused and cut.
 * </ul>
 */
@NullMarked
package rondo.s3.admission;

import org.jspecify.annotations.NullMarked;
