/**
 * Removal of objects.
 *
 * <ul>
 *   <li>{@link DeleteObject} answers DeleteObject.
 *   <li>{@link DeleteObjects} answers DeleteObjects.
 *   <li>{@link DeleteConditions} reads the conditions of both.
 *   <li>{@link ObjectRemoval} removes one object or version.
 * </ul>
 */
@NullMarked
package rondo.s3.removal;

import org.jspecify.annotations.NullMarked;
