/**
 * The operations of object lock.
 *
 * <ul>
 *   <li>{@link rondo.s3.lock.BucketLock}: GetObjectLockConfiguration and PutObjectLockConfiguration
 *   <li>{@link rondo.s3.lock.ObjectRetention}: GetObjectRetention and PutObjectRetention
 *   <li>{@link rondo.s3.lock.ObjectLegalHold}: GetObjectLegalHold and PutObjectLegalHold
 * </ul>
 */
@NullMarked
package rondo.s3.lock;

import org.jspecify.annotations.NullMarked;
