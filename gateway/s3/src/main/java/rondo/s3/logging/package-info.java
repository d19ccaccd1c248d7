/**
 * Server access logging, and what metrics are told of requests.
 *
 * <ul>
 *   <li>{@link BucketLogging} answers GetBucketLogging and PutBucketLogging.
 *   <li>{@link LoggingDocument} is their document.
 *   <li>{@link AccessEntry} has the facts of one answered request.
 *   <li>{@link LogLine} formats these facts as a line.
 *   <li>{@link AccessLog} collects the lines until this gateway delivers them.
 *   <li>{@link LogPermission} decides whether logs may be written to a bucket.
 *   <li>{@link LogKey} makes the key of a log object.
 *   <li>{@link LogDelivery} writes log objects.
 *   <li>{@link AccessRecorder} takes the lines of all buckets for the node's own access log.
 *   <li>{@link RequestRecords} says who is told of requests.
 *   <li>{@link RequestObserver} hears of each request that has ended.
 *   <li>{@link SlowRequests} writes a line for those that took long.
 *   <li>{@link EndedRequest} has the facts that it is told.
 * </ul>
 */
@NullMarked
package rondo.s3.logging;

import org.jspecify.annotations.NullMarked;
