/**
 * Commands about backups, which a node carries out.
 *
 * <ul>
 *   <li>{@link BackupCommand} makes, lists and verifies backups.
 *   <li>{@link ScheduleCommand} has them made every so often.
 *   <li>{@link RecoveryKeyCommand} makes a recovery key.
 *   <li>{@link MasterKeysCommand} takes the master keys out of a backup.
 *   <li>{@link RestoreCommand} restores a backup.
 *   <li>{@link S3Options} say how a target in S3 is reached.
 *   <li>{@link JobWatch} waits for a node's work, and shows how far it is.
 * </ul>
 */
@NullMarked
package rondo.server.cli.backup;

import org.jspecify.annotations.NullMarked;
