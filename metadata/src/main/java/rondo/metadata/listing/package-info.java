/**
 * Pages of ordered rows.
 *
 * <ul>
 *   <li>{@link LiveRows} walks through the rows that are there.
 *   <li>{@link PageScan} makes one page of a listing of them.
 *   <li>{@link ListedValue} says how much of a row's value a page carries.
 *   <li>{@link PageCursor} walks page after page, for the reader of a listing.
 * </ul>
 */
@NullMarked
package rondo.metadata.listing;

import org.jspecify.annotations.NullMarked;
