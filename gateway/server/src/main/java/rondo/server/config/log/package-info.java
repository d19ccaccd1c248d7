/**
 * The settings of what a node writes down of its requests.
 *
 * <ul>
 *   <li>{@link RecordSettings} has all of these.
 *   <li>{@link AccessLogSettings} sets the access log.
 *   <li>{@link AuditSettings} sets the audit log.
 *   <li>{@link TraceSettings} sets the OpenTelemetry traces.
 * </ul>
 */
@NullMarked
package rondo.server.config.log;

import org.jspecify.annotations.NullMarked;
