/**
 * Server access logging. A {@link BucketLogging} operation keeps where a bucket's requests are
 * logged ({@link LoggingDocument}). An {@link AccessEntry} is what is known of a request at its
 * end; the {@link AccessLog} collects the {@link LogLine} of each, by the bucket that was asked,
 * and has it delivered every so often by {@link LogDelivery} under a {@link LogKey}, where {@link
 * LogPermission} is given.
 */
@NullMarked
package rondo.gateway.s3.logging;

import org.jspecify.annotations.NullMarked;
