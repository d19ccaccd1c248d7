/**
 * Backups that are made by themselves, every so often.
 *
 * <ul>
 *   <li>{@link ScheduleApi} takes the schedule.
 *   <li>{@link BackupSchedule} is the operator's wish, and is kept in a file of the node.
 *   <li>{@link ScheduledBackups} begins backups when they are due.
 *   <li>{@link JobMaker} has the node's jobs make them.
 *   <li>{@link ScheduleLease} says in the target which node is at work.
 *   <li>{@link BackupFigures} are for health and metrics.
 * </ul>
 */
@NullMarked
package rondo.server.backup.schedule;

import org.jspecify.annotations.NullMarked;
