/**
 * The commands on buckets, which go through a node's admin API.
 *
 * <ul>
 *   <li>{@link BucketListCommand} lists them.
 *   <li>{@link BucketInfoCommand} shows all settings of one.
 *   <li>{@link BucketCommand} shows and changes buckets.
 *   <li>{@link BucketQuorumCommand} sets how many replicas a bucket's requests wait for.
 *   <li>{@link BucketCopiesCommand} sets how many copies a bucket has.
 *   <li>{@link BucketAvailableCommand} makes a bucket available.
 *   <li>{@link BucketConflictsCommand} shows a bucket's conflicts.
 *   <li>{@link BucketGrantCommand} lets a user use a bucket.
 *   <li>{@link BucketUndeleteWindowCommand} sets for how long former objects can be read.
 *   <li>{@link BucketRestoreCommand} makes objects what they were at a time.
 *   <li>{@link BucketUndeleteCommand} brings deleted buckets back.
 * </ul>
 */
@NullMarked
package rondo.server.cli.bucket;

import org.jspecify.annotations.NullMarked;
