/** Tests of the HTTP server. */
@NullMarked
package rondo.s3.http;

import org.jspecify.annotations.NullMarked;
