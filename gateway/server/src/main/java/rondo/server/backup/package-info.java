/**
 * Backups of a whole cluster while it serves, and their restore. {@code docs/design/backup.md} has
 * the design.
 *
 * <ul>
 *   <li>{@link BackupJobs} carries out one order at a time.
 *   <li>{@link BackupOrder} is an operator's order.
 *   <li>{@link BackupProgress} tells how far it is.
 *   <li>{@link BackupCluster} is what an order uses of the cluster.
 *   <li>{@link ClusterHold} keeps chunks from being dropped meanwhile.
 *   <li>{@link BackupRun} makes a backup, and {@link ChunkBackup} its chunks, of a {@link
 *       ChunkList}.
 *   <li>{@link VerifyRun} reads a backup again.
 *   <li>{@link RestoreRun} restores, and {@link ChunkRestore} the blobs.
 *   <li>{@link RestoredBuckets} are the buckets that it makes, with {@link RestoredNames}.
 *   <li>{@link RestoreMark} notes how far it is.
 *   <li>{@link Workers} are threads that do one thing together.
 * </ul>
 */
@NullMarked
package rondo.server.backup;

import org.jspecify.annotations.NullMarked;
