/** Parts, judged. */
@NullMarked
package rondo.gateway.s3.multipart;

import org.jspecify.annotations.NullMarked;
