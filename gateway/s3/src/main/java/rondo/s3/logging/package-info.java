/**
 * Server access logging.
 *
 * <ul>
 *   <li>{@link rondo.s3.logging.BucketLogging}: GetBucketLogging and PutBucketLogging
 *   <li>{@code LoggingDocument}: their document
 *   <li>{@code LogPermission}: whether logs may be written to a bucket
 *   <li>{@link rondo.s3.logging.AccessEntry}: the facts of one answered request
 *   <li>{@code LogLine}: these facts as a line
 *   <li>{@link rondo.s3.logging.AccessLog}: the lines that this gateway has yet to deliver
 *   <li>{@code LogKey}: the key of a log object
 *   <li>{@code LogDelivery}: writes log objects
 * </ul>
 */
@NullMarked
package rondo.s3.logging;

import org.jspecify.annotations.NullMarked;
