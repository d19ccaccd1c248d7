/** S3's XML: {@link Xml} reads and writes it. */
@NullMarked
package rondo.gateway.s3.xml;

import org.jspecify.annotations.NullMarked;
