@NullMarked
package rondo.store.history;

import org.jspecify.annotations.NullMarked;
