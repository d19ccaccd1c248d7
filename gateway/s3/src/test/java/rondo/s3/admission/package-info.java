/** Tests of admission. */
@NullMarked
package rondo.s3.admission;

import org.jspecify.annotations.NullMarked;
