/** Rules and tests of the whole project: the rules of the house, and real clients on real nodes. */
@NullMarked
package rondo.compat;

import org.jspecify.annotations.NullMarked;
