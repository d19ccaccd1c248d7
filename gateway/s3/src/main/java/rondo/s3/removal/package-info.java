/**
 * Removal of objects.
 *
 * <ul>
 *   <li>{@link rondo.s3.removal.DeleteObject}: DeleteObject
 *   <li>{@link rondo.s3.removal.DeleteObjects}: DeleteObjects
 *   <li>{@link rondo.s3.removal.DeleteConditions}: the conditions of both
 *   <li>{@code ObjectRemoval}: the removal of one object or version
 * </ul>
 */
@NullMarked
package rondo.s3.removal;

import org.jspecify.annotations.NullMarked;
