/**
 * Copies and renames.
 *
 * <ul>
 *   <li>{@link CopyObject} answers CopyObject.
 *   <li>{@link CopySource} reads the source of a copy.
 *   <li>{@link ByteCopy} copies bytes where a copy can't share blobs.
 *   <li>{@link RenameObject} answers RenameObject.
 *   <li>{@link RenameConditions} holds the conditions of a rename on the object that it replaces.
 * </ul>
 */
@NullMarked
package rondo.s3.copy;

import org.jspecify.annotations.NullMarked;
