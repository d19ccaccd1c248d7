/**
 * The background work that lifecycle rules ask for.
 *
 * <ul>
 *   <li>{@link rondo.s3.sweep.LifecycleSettings}: the length of a day, and the profile
 *   <li>{@link rondo.s3.sweep.LifecycleWorker}: starts the sweeps of buckets that are due at this
 *       node
 *   <li>{@code SweepSchedule}: the times of sweeps
 *   <li>{@code BucketSweep}: one cycle of one bucket
 *   <li>{@code BucketWalk}: finds what is due in a bucket
 *   <li>{@code WalkPosition}: where such a walk is
 *   <li>{@code KeyRanges}: ranges of keys under a prefix
 *   <li>{@code VersionSubjects}: makes subjects of a key's versions
 *   <li>{@code DueSubject}: a subject with its due action
 *   <li>{@code LifecycleActions}: does what is due, if it still is
 *   <li>{@link rondo.s3.sweep.LifecyclePreview}: the same walk without the actions
 *   <li>{@code UploadSweep}: clears away uploads that ended long ago
 *   <li>{@code SweepThrottle}: leaves half of the time to others
 *   <li>{@link rondo.s3.sweep.LifecycleCounters}: counts of what was done
 * </ul>
 */
@NullMarked
package rondo.s3.sweep;

import org.jspecify.annotations.NullMarked;
