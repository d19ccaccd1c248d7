/**
 * Orders about undelete windows and what they keep.
 *
 * <ul>
 *   <li>{@link UndeleteApi} takes the orders.
 *   <li>{@link RestoreJobs} carries out restores of prefixes, one after the other.
 * </ul>
 */
@NullMarked
package rondo.server.undelete;

import org.jspecify.annotations.NullMarked;
