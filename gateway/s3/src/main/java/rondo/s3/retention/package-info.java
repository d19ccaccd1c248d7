/**
 * Object lock of one version, as requests make and describe it.
 *
 * <ul>
 *   <li>{@link rondo.s3.retention.NewLock}: the lock that a request gives to a new version
 *   <li>{@link rondo.s3.retention.RetentionFormat}: retention in headers and documents
 *   <li>{@link rondo.s3.retention.GovernanceBypass}: whether a request passes over governance mode
 * </ul>
 */
@NullMarked
package rondo.s3.retention;

import org.jspecify.annotations.NullMarked;
