/**
 * Listings: pages of rows in the order of their sort keys.
 *
 * <ul>
 *   <li>{@link LiveRows} walks through the rows that aren't deleted.
 *   <li>{@link PageScan} scans them for one page, and rolls up common prefixes.
 *   <li>{@link ListedValue} is the part of a row's value that a page carries.
 *   <li>{@link PageCursor} walks through page after page, for the reader of a listing.
 * </ul>
 */
@NullMarked
package rondo.metadata.listing;

import org.jspecify.annotations.NullMarked;
