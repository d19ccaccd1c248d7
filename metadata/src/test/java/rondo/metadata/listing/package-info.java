@NullMarked
package rondo.metadata.listing;

import org.jspecify.annotations.NullMarked;
