/**
 * The chunks of a node, in append-only extent files in one or more folders: the store over the
 * rooms {@code file}, which has one folder, and {@code upkeep}.
 *
 * <ul>
 *   <li>{@link ExtentStore} keeps, finds, reads and drops chunks.
 *   <li>{@link StoreFolders} has all folders of a store.
 *   <li>{@link StoreFolder} is one of them, open or to be opened later.
 *   <li>{@link StoreUpkeep} has folders compacted and scrubbed in the background.
 *   <li>{@link UpkeepSettings} says how much of a disk's time that takes.
 * </ul>
 */
@NullMarked
package rondo.storage.extent;

import org.jspecify.annotations.NullMarked;
