/**
 * Object lock of one version, as requests make and describe it.
 *
 * <ul>
 *   <li>{@link NewLock} locks a new version by its request or its bucket.
 *   <li>{@link RetentionFormat} reads and writes retention in headers and documents.
 *   <li>{@link GovernanceBypass} decides whether a request may bypass retention in governance mode.
 * </ul>
 */
@NullMarked
package rondo.s3.retention;

import org.jspecify.annotations.NullMarked;
