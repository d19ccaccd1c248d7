/**
 * Reads as of an earlier time, in buckets with an undelete window.
 *
 * <ul>
 *   <li>{@link AsOfHeader} reads the header that asks for them.
 *   <li>{@link AsOfTime} reads times.
 * </ul>
 */
@NullMarked
package rondo.s3.asof;

import org.jspecify.annotations.NullMarked;
