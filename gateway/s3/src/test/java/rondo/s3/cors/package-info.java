/** Tests of CORS rules. */
@NullMarked
package rondo.s3.cors;

import org.jspecify.annotations.NullMarked;
