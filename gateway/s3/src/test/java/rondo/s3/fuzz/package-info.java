/**
 * Random input for what reads other people's bytes. {@link Fuzz} makes it of good examples and
 * holds the reader to its promises; {@code ReadersTest} says which readers.
 */
@NullMarked
package rondo.s3.fuzz;

import org.jspecify.annotations.NullMarked;
