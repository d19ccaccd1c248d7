/**
 * The operations of object lock.
 *
 * <ul>
 *   <li>{@link BucketLock} answers GetObjectLockConfiguration and PutObjectLockConfiguration.
 *   <li>{@link ObjectRetention} answers GetObjectRetention and PutObjectRetention.
 *   <li>{@link ObjectLegalHold} answers GetObjectLegalHold and PutObjectLegalHold.
 * </ul>
 */
@NullMarked
package rondo.s3.lock;

import org.jspecify.annotations.NullMarked;
