/**
 * Backups of a whole cluster while it serves, and their restore. {@code docs/design/backup.md} has
 * the design.
 *
 * <ul>
 *   <li>{@link BackupApi} takes orders.
 *   <li>{@link BackupJobs} carries out one order at a time.
 *   <li>{@link BackupOrder} is an operator's order.
 *   <li>{@link BackupProgress} tells how far it is.
 *   <li>{@link BackupCluster} is what an order uses of the cluster.
 *   <li>{@link ClusterHold} keeps chunks from being dropped meanwhile.
 *   <li>{@link BackupRun} makes a backup.
 *   <li>{@link ChunkList} has the blobs that the backup names.
 *   <li>{@link ChunkBackup} copies the chunks that the target lacks.
 *   <li>{@link VerifyRun} reads a backup again.
 *   <li>{@link RestoreRun} restores a backup, or one bucket.
 *   <li>{@link RestoreKeys} compares the master keys of a backup with the cluster's.
 *   <li>{@link ChunkRestore} brings blobs back.
 *   <li>{@link RestoredBuckets} are the buckets that a restore makes.
 *   <li>{@link RestoredNames} are the new ids.
 *   <li>{@link RestoreMark} notes how far a restore is.
 *   <li>{@link Workers} are threads that do one thing together.
 * </ul>
 */
@NullMarked
package rondo.server.backup;

import org.jspecify.annotations.NullMarked;
