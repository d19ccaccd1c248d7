/**
 * Pages of ordered rows.
 *
 * <ul>
 *   <li>{@link rondo.metadata.listing.LiveRows}: the rows of a table and partition key that are
 *       there, in order
 *   <li>{@link rondo.metadata.listing.PageScan}: makes a page of them
 *   <li>{@link rondo.metadata.listing.ListedValue}: how much of a row a page carries
 *   <li>{@link rondo.metadata.listing.PageCursor}: walks page after page, for the reader of a
 *       listing
 * </ul>
 */
@NullMarked
package rondo.metadata.listing;

import org.jspecify.annotations.NullMarked;
