/** The rules of the house: format, sizes, names and who may know whom. */
@NullMarked
package rondo.compat.house;

import org.jspecify.annotations.NullMarked;
