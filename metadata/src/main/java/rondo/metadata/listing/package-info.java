/**
 * Pages of ordered rows: a {@link rondo.metadata.listing.LiveRows} is walked by {@link
 * rondo.metadata.listing.PageScan}, and {@link rondo.metadata.listing.ListedValue} says how much of
 * a row a page carries.
 */
@NullMarked
package rondo.metadata.listing;

import org.jspecify.annotations.NullMarked;
