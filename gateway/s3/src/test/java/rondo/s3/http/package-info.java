/** Tests. */
@NullMarked
package rondo.s3.http;

import org.jspecify.annotations.NullMarked;
