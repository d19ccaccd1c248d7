/**
 * Commands that read audit logs.
 *
 * <ul>
 *   <li>{@link AuditCommand} holds them.
 *   <li>{@link AuditShowCommand} shows entries.
 *   <li>{@link AuditTailCommand} shows the newest, and those that follow.
 *   <li>{@link AuditVerifyCommand} finds what was changed, cut or wiped.
 *   <li>{@link EntryFilter} holds the options that say which entries are wanted.
 *   <li>{@link EntryLine} writes an entry for people.
 * </ul>
 */
@NullMarked
package rondo.server.cli.audit;

import org.jspecify.annotations.NullMarked;
