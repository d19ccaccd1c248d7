/**
 * The HTTP server: it takes a request from a socket, has its operation answered, and sends the
 * answer.
 *
 * <ul>
 *   <li>{@link S3Gateway} is the server of one node: it listens, and closes.
 *   <li>{@link GatewaySettings} holds its settings.
 *   <li>{@link RequestHandler} takes each request on the event loop and gives it a virtual thread.
 *   <li>{@link RequestAdmission} admits requests as far as there is memory.
 *   <li>{@link HttpExchange} carries one request to its answer, on its virtual thread.
 *   <li>{@link RequestHeadReader} reads a request's head as its signature covers it.
 *   <li>{@link RequestFront} says how requests name what they ask, and who sent them.
 *   <li>{@link ClientBody} pulls a request's body from the socket.
 *   <li>{@link S3Service} authenticates a request, finds its operation and has it answered.
 *   <li>{@link OperationDispatcher} is the exhaustive switch from an operation to its class.
 *   <li>{@link CommonHeaders} sets the headers of every answer.
 *   <li>{@link RefusalDocument} writes a refusal as S3's error document.
 *   <li>{@link CompatErrors} turns refusals into those of profile {@code compat} where they differ.
 *   <li>{@link ClientSink} sends an answer's body to the client.
 *   <li>{@link WriteBuffers} is the pool of memory for these bytes.
 *   <li>{@link ClientGoneException} says that the client closed its connection or stalled.
 *   <li>{@link RequestLog} collects the facts of an exchange for the access log.
 *   <li>{@link AccessTrail} makes the line of each request in the node's own access log.
 *   <li>{@link LoggedSize} finds the size of the object for its log line.
 * </ul>
 */
@NullMarked
package rondo.s3.http;

import org.jspecify.annotations.NullMarked;
