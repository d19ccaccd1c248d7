/**
 * S3's XML: {@link Xml} reads and writes it, from and to a record per document: {@link Tagging}, a
 * {@link TagSet} of {@link Tag}s; {@link Delete} and {@link DeleteResult}; {@link
 * GetObjectAttributesResponse}. Where S3 is strict, an {@link ElementReader} makes a tree of {@link
 * Element}s.
 */
@NullMarked
package rondo.gateway.s3.xml;

import org.jspecify.annotations.NullMarked;
