@NullMarked
package rondo.storage.node;

import org.jspecify.annotations.NullMarked;
