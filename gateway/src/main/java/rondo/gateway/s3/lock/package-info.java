/**
 * Object lock. {@link BucketLock} turns it on for a bucket and says how new versions are locked;
 * {@link NewLock} locks a version that a request makes; {@link ObjectRetention} and {@link
 * ObjectLegalHold} lock one that is there, in words that {@link Retentions} reads, and {@link
 * Bypass} says who passes over governance. What a lock forbids is judged in {@link
 * rondo.gateway.store.Locks}.
 */
@NullMarked
package rondo.gateway.s3.lock;

import org.jspecify.annotations.NullMarked;
