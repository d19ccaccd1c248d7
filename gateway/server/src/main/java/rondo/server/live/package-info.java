/**
 * What operators look at while it happens: buckets with their settings, requests, and long work.
 *
 * <ul>
 *   <li>{@link BucketDirectory} lists the buckets, and shows all settings of one.
 *   <li>{@link BucketView} writes these settings down.
 *   <li>{@link RequestTrace} gives requests to those who watch them.
 *   <li>{@link TraceReader} is one who watches.
 *   <li>{@link TraceFilter} chooses the requests that one wants.
 *   <li>{@link Job} is a piece of long work.
 *   <li>{@link JobApi} shows the jobs.
 * </ul>
 */
@NullMarked
package rondo.server.live;

import org.jspecify.annotations.NullMarked;
