/**
 * Tests of the data folder.
 *
 * <ul>
 *   <li>{@link DataFolderTest} tests a folder's identity, its lock and its values, also when they
 *       are damaged.
 * </ul>
 */
@NullMarked
package rondo.storage.folder;

import org.jspecify.annotations.NullMarked;
