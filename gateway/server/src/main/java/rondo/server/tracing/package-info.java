/**
 * OpenTelemetry traces of requests.
 *
 * <ul>
 *   <li>{@link RequestSpans} makes spans of each request that is sampled.
 *   <li>{@link SpanExport} sends them to a collector, and counts what is lost.
 *   <li>{@link SpanFigures} says how many were sent and lost.
 * </ul>
 */
@NullMarked
package rondo.server.tracing;

import org.jspecify.annotations.NullMarked;
