/** Tests of authorization. */
@NullMarked
package rondo.s3.access;

import org.jspecify.annotations.NullMarked;
