/** The rules of the house: format, sizes, names, and which package may depend on which. */
@NullMarked
package rondo.compat.house;

import org.jspecify.annotations.NullMarked;
