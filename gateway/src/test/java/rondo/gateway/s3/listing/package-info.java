/** Positions in listings. */
@NullMarked
package rondo.gateway.s3.listing;

import org.jspecify.annotations.NullMarked;
