/**
 * A request and its answer, as every operation sees them.
 *
 * <ul>
 *   <li>{@link rondo.s3.request.Operation}: the operations of the S3 API, in families
 *   <li>{@link rondo.s3.request.Routes}: the table that finds the operation of a request
 *   <li>{@link rondo.s3.request.ResourceAddress}: the bucket and key that a request names
 *   <li>{@link rondo.s3.request.TaggedResource}: the path of tags of S3 Control
 *   <li>{@link rondo.s3.request.BucketName}: the rules for names of buckets
 *   <li>{@link rondo.s3.request.QueryParameters}: the parameters of a request, decoded
 *   <li>{@link rondo.s3.request.ClientConnection}: the other end of the connection
 *   <li>{@link rondo.s3.request.RequestSender}: the account that signed a request
 *   <li>{@link rondo.s3.request.RequestArrival}: a request's id, time and connection
 *   <li>{@link rondo.s3.request.RequestBody}: a body as it comes off the socket
 *   <li>{@link rondo.s3.request.BodyReader}: reads a body once, as data or as a document
 *   <li>{@code PresignedHeaders}: parameters of presigned URLs that stand for headers
 *   <li>{@link rondo.s3.request.EncodedWords}: text beyond ASCII in headers (RFC 2047)
 *   <li>{@link rondo.s3.request.SourcePath}: the object that a header names
 *   <li>{@link rondo.s3.request.S3Request}: a request whose signature has been checked
 *   <li>{@link rondo.s3.request.S3Response}: a status, headers and at most one kind of body
 *   <li>{@link rondo.s3.request.RequestNotes}: facts about a request that its log line needs
 *   <li>{@link rondo.s3.request.HttpDates}: dates as HTTP writes them
 *   <li>{@link rondo.s3.request.VersionIds}: version ids in requests and answers
 * </ul>
 */
@NullMarked
package rondo.s3.request;

import org.jspecify.annotations.NullMarked;
