/**
 * The node's own access log: a line for each request to S3, to a file or to standard output.
 *
 * <ul>
 *   <li>{@link AccessLogWriter} has one thread that writes what a bounded queue gives it.
 *   <li>{@link LineSink} is where lines go.
 *   <li>{@link RotatingFile} is a file that is set aside when it is large.
 *   <li>{@link StandardOutput} is the process' own.
 * </ul>
 */
@NullMarked
package rondo.server.accesslog;

import org.jspecify.annotations.NullMarked;
