/** The words of the S3 API: {@link S3Error}, and {@link S3Exception} which carries one. */
@NullMarked
package rondo.gateway.s3;

import org.jspecify.annotations.NullMarked;
