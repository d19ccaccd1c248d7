/** One node: {@link Ceiling} keeps its clock over restarts. */
@NullMarked
package rondo.storage.node;

import org.jspecify.annotations.NullMarked;
