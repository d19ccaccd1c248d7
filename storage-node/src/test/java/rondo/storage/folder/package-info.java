/**
 * Tests of the data folder.
 *
 * <ul>
 *   <li>{@link DataFolderTest} says whose a folder is, and what is told of a damaged one.
 * </ul>
 */
@NullMarked
package rondo.storage.folder;

import org.jspecify.annotations.NullMarked;
