/**
 * What the audit log is told of S3's requests, at one place of the request's path.
 *
 * <ul>
 *   <li>{@link AuditTrail} takes the audited requests.
 *   <li>{@link AuditScope} says which operations change a bucket or its settings.
 *   <li>{@link AuditedRequest} has the facts of one request.
 * </ul>
 */
@NullMarked
package rondo.s3.audit;

import org.jspecify.annotations.NullMarked;
