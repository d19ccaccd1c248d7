/** Rules of CORS. */
@NullMarked
package rondo.gateway.s3.cors;

import org.jspecify.annotations.NullMarked;
