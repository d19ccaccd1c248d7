/** The tests that every engine has to pass, and what tests of engines share. */
@NullMarked
package rondo.metadata.engine;

import org.jspecify.annotations.NullMarked;
