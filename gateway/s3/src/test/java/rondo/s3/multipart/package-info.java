/** Parts, judged. */
@NullMarked
package rondo.s3.multipart;

import org.jspecify.annotations.NullMarked;
