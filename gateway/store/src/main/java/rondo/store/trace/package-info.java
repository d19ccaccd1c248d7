/**
 * Client requests across nodes.
 *
 * <ul>
 *   <li>{@link ServedRequest} is the request on whose behalf a thread works.
 *   <li>{@link RequestParts} collects where its time goes, if that is wanted.
 *   <li>{@link RequestPart} is one of these parts.
 * </ul>
 */
@NullMarked
package rondo.store.trace;

import org.jspecify.annotations.NullMarked;
