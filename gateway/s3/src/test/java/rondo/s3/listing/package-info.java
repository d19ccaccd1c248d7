/** Tests of markers and tokens in listings. */
@NullMarked
package rondo.s3.listing;

import org.jspecify.annotations.NullMarked;
