/**
 * Carries out the lifecycle rules of buckets. {@link rondo.gateway.lifecycle.LifecycleWorker}, by
 * its {@link rondo.gateway.lifecycle.LifecycleSettings} and {@link
 * rondo.gateway.lifecycle.Schedule}, begins {@link rondo.gateway.lifecycle.BucketWork} where it is
 * this node's of {@link rondo.gateway.lifecycle.Turns}: a {@link rondo.gateway.lifecycle.Walk} from
 * a {@link rondo.gateway.lifecycle.Position} through the {@link rondo.gateway.lifecycle.Prefixes}
 * of the rules, with its {@link rondo.gateway.lifecycle.VersionSubjects}, at its {@link
 * rondo.gateway.lifecycle.Pace}, and {@link rondo.gateway.lifecycle.Actions} for what is {@link
 * rondo.gateway.lifecycle.Found}, in {@link rondo.gateway.lifecycle.Counters}. {@link
 * rondo.gateway.lifecycle.Preview} walks and does nothing. {@link rondo.gateway.lifecycle.Sweep}
 * clears away uploads that have ended.
 */
@NullMarked
package rondo.gateway.lifecycle;

import org.jspecify.annotations.NullMarked;
