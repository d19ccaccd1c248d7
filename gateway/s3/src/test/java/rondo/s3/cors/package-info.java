/** Rules of CORS. */
@NullMarked
package rondo.s3.cors;

import org.jspecify.annotations.NullMarked;
