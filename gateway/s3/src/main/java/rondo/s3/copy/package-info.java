/**
 * Copies and renames.
 *
 * <ul>
 *   <li>{@link rondo.s3.copy.CopyObject}: CopyObject
 *   <li>{@link rondo.s3.copy.CopySource}: the source of a copy
 *   <li>{@link rondo.s3.copy.ByteCopy}: copies bytes that a copy can't share
 *   <li>{@link rondo.s3.copy.RenameObject}: RenameObject
 *   <li>{@code RenameConditions}: the conditions of a rename on the object that it replaces
 * </ul>
 */
@NullMarked
package rondo.s3.copy;

import org.jspecify.annotations.NullMarked;
