/** Tests of operations on one object. */
@NullMarked
package rondo.s3.object;

import org.jspecify.annotations.NullMarked;
