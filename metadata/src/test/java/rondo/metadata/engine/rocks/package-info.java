/** Tests that every engine has to pass, and what tests of engines share. */
@NullMarked
package rondo.metadata.engine.rocks;

import org.jspecify.annotations.NullMarked;
