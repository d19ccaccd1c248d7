/**
 * The HTTP server: from a socket to an operation, and the answer back.
 *
 * <ul>
 *   <li>{@link rondo.s3.http.S3Gateway}: the server of one node
 *   <li>{@link rondo.s3.http.GatewaySettings}: its settings
 *   <li>{@code ServerCertificates}: the certificate, read again when its files change
 *   <li>{@code RequestHandler}: takes each request on the event loop
 *   <li>{@code RequestAdmission}: bounds the requests in work
 *   <li>{@code HttpExchange}: one request and its answer, on a virtual thread
 *   <li>{@code RequestHeadReader}: reads a request's head as the signature sees it
 *   <li>{@code RequestIds}: names requests
 *   <li>{@code S3Service}: authenticates a request, finds its operation and has it answered
 *   <li>{@code OperationDispatcher}: the exhaustive switch from an operation to its class
 *   <li>{@code RequestLog}: facts of an exchange for the access log
 *   <li>{@code LoggedSize}: the size of the object that a log line tells
 *   <li>{@code CommonHeaders}: the headers of every answer
 *   <li>{@code RefusalDocument}: a refusal as a document
 *   <li>{@code CompatErrors}: the refusals of profile {@code compat} that differ
 *   <li>{@code ClientBody}: a request's body, pulled from the socket
 *   <li>{@code ClientSink}: an answer's body on its way to the client
 *   <li>{@code WriteBuffers}: memory for bytes that leave
 *   <li>{@code ClientGoneException}: the client closed its connection or stalled
 * </ul>
 */
@NullMarked
package rondo.s3.http;

import org.jspecify.annotations.NullMarked;
