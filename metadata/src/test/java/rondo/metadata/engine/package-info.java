@NullMarked
package rondo.metadata.engine;

import org.jspecify.annotations.NullMarked;
