/** Tests. */
@NullMarked
package rondo.s3.request;

import org.jspecify.annotations.NullMarked;
