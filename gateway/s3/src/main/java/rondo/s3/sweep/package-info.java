/**
 * The background work of lifecycle rules.
 *
 * <ul>
 *   <li>{@link LifecycleSettings} has the length of a day, and the profile.
 *   <li>{@link LifecycleWorker} starts the sweeps of buckets that are due on this node.
 *   <li>{@link SweepSchedule} decides when buckets are swept.
 *   <li>{@link BucketSweep} works through one bucket for one cycle.
 *   <li>{@link BucketWalk} finds the actions due in a bucket.
 *   <li>{@link WalkPosition} is the position of such a walk.
 *   <li>{@link KeyRanges} reduces the prefixes of rules to ranges of keys.
 *   <li>{@link VersionSubjects} turns a key's versions into subjects of rules.
 *   <li>{@link DueSubject} is a subject with its due action.
 *   <li>{@link LifecycleActions} carries out actions that are still due.
 *   <li>{@link LifecyclePreview} tells what rules would do, by a walk without actions.
 *   <li>{@link UploadSweep} clears away uploads that ended long ago.
 *   <li>{@link SweepThrottle} makes a sweep rest half of its time.
 *   <li>{@link LifecycleCounters} counts the work.
 * </ul>
 */
@NullMarked
package rondo.s3.sweep;

import org.jspecify.annotations.NullMarked;
