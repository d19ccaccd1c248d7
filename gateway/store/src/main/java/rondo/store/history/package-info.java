/**
 * The history of buckets with an undelete window: former versions, which clients see by as-of reads
 * alone. {@code docs/design/undelete.md} has the argument.
 *
 * <ul>
 *   <li>{@link UndeleteWindows} begins, changes and ends windows.
 *   <li>{@link HistoryReach} says as of which times a bucket can be read.
 *   <li>{@link HistoryReader} reads objects as of a time.
 *   <li>{@link HistoryListing} lists objects as of a time.
 *   <li>{@link PrefixRestore} makes objects what they were at a time.
 * </ul>
 */
@NullMarked
package rondo.store.history;

import org.jspecify.annotations.NullMarked;
