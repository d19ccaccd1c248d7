/** Tests of bucket policies. */
@NullMarked
package rondo.s3.bucket;

import org.jspecify.annotations.NullMarked;
