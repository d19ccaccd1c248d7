/** Tests of the completion of uploads and the copying of parts. */
@NullMarked
package rondo.s3.multipart;

import org.jspecify.annotations.NullMarked;
