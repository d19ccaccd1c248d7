/** What only the whole can show: the rules of the house, and real clients against real nodes. */
@NullMarked
package rondo.compat;

import org.jspecify.annotations.NullMarked;
