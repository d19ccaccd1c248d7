/**
 * Client requests across nodes.
 *
 * <ul>
 *   <li>{@link ServedRequest} is the request on whose behalf a thread works.
 * </ul>
 */
@NullMarked
package rondo.store.trace;

import org.jspecify.annotations.NullMarked;
