/**
 * The audit log of a node, as {@code docs/design/audit.md} describes it.
 *
 * <ul>
 *   <li>{@link NodeAudit} is all of it, wired.
 *   <li>{@link RequestAudit} writes down S3's requests.
 *   <li>{@link OrderAudit} writes down the orders of the admin API.
 *   <li>{@link AuditEntry} is what is told of one of them.
 *   <li>{@link AuditLog} has one thread that gives entries their place and writes them.
 *   <li>{@link AuditLine} is one line of the chain.
 *   <li>{@link AuditFiles} are the files of a log.
 *   <li>{@link AppendFile} is one of them, open.
 *   <li>{@link AuditHead} is the end of a log, signed.
 *   <li>{@link HeadKeeper} has other nodes hold it.
 *   <li>{@link HeldHeads} are those of other nodes that this one holds.
 *   <li>{@link AuditPeers} reaches other nodes.
 *   <li>{@link AuditCalls} answers what they ask.
 *   <li>{@link AuditFilter} says which lines are wanted.
 *   <li>{@link AuditChain} checks one log.
 *   <li>{@link AuditVerification} checks those of all nodes.
 *   <li>{@link AuditWebhook} sends lines to a collector.
 *   <li>{@link HttpCollector} is one that is reached by HTTP.
 *   <li>{@link AuditApi} answers the admin API.
 *   <li>{@link AuditFigures} are for metrics and health.
 * </ul>
 */
@NullMarked
package rondo.server.audit;

import org.jspecify.annotations.NullMarked;
