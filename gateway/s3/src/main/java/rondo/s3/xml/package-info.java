/**
 * S3's XML documents.
 *
 * <ul>
 *   <li>{@link Xml} reads and writes records as documents.
 *   <li>{@link XmlElementReader} reads a document into a tree of elements.
 *   <li>{@link XmlElement} is an element of such a tree, held to a schema.
 *   <li>{@link S3Document} marks records that mirror a document of the S3 API.
 *   <li>{@link Timestamps} writes times as documents do.
 *   <li>{@link ChecksumValues} is a checksum in the element of its algorithm.
 *   <li>{@link Owner} is an account, as documents write it.
 *   <li>{@link Tag} is one tag.
 *   <li>{@link TagSet} is the tags of an object or a bucket.
 *   <li>{@link Tagging} is the document of the tagging operations.
 *   <li>{@link Delete} is the document of DeleteObjects.
 *   <li>{@link DeleteResult} is the answer to DeleteObjects.
 *   <li>{@link GetObjectAttributesResponse} is the answer to GetObjectAttributes.
 *   <li>{@link ElementSequence} elements of several kinds in one order
 *   <li>{@link XmlText} text without what documents can't carry
 * </ul>
 */
@NullMarked
package rondo.s3.xml;

import org.jspecify.annotations.NullMarked;
