/** Tests of S3's XML. */
@NullMarked
package rondo.s3.xml;

import org.jspecify.annotations.NullMarked;
