/**
 * A request and its answer, as every operation sees them.
 *
 * <ul>
 *   <li>{@link RequestArrival} has a request's id, time and connection.
 *   <li>{@link ClientConnection} is the client's end of the connection.
 *   <li>{@link ResourceAddress} is the bucket and key that a request names.
 *   <li>{@link BucketName} checks names of buckets.
 *   <li>{@link QueryParameters} has the query parameters of a request, decoded.
 *   <li>{@link RequestSender} is the account that signed a request.
 *   <li>{@link RequestBody} is a body as it comes off the socket.
 *   <li>{@link BodyReader} reads a body once, as data or as a document.
 *   <li>{@link RequestNotes} collects facts about a request for its log line and its answer.
 *   <li>{@link S3Request} is a request whose signature has been checked.
 *   <li>{@link Operation} names the operations of the S3 API, in families.
 *   <li>{@link Routes} finds the operation of a request in one table.
 *   <li>{@link VersionIds} reads version ids from requests and writes them into answers.
 *   <li>{@link HttpDates} reads and writes the dates of HTTP.
 *   <li>{@link S3Response} is a status, headers and at most one kind of body.
 *   <li>{@link EncodedWords} text beyond ASCII in headers (RFC 2047)
 *   <li>{@link PresignedHeaders} parameters of presigned URLs that stand for headers
 *   <li>{@link SourcePath}: the object that a header names
 *   <li>{@link TaggedResource}: the path of tags of S3 Control
 * </ul>
 */
@NullMarked
package rondo.s3.request;

import org.jspecify.annotations.NullMarked;
