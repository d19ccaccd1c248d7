/**
 * The chunks of a node, in append-only extent files in one or more folders. The store stands over
 * the packages {@code file}, which has one folder, and {@code upkeep}.
 *
 * <ul>
 *   <li>{@link ExtentStore} writes, finds, reads and drops chunks.
 *   <li>{@link StoreFolders} has all folders of a store, and chooses the one for a new chunk.
 *   <li>{@link StoreFolder} is one of them, open or to be opened later.
 *   <li>{@link FolderUse} shows one to operators.
 *   <li>{@link StoreUpkeep} compacts and scrubs the folders in the background.
 *   <li>{@link UpkeepSettings} bounds the rates of that.
 * </ul>
 */
@NullMarked
package rondo.storage.extent;

import org.jspecify.annotations.NullMarked;
