/**
 * S3's XML documents.
 *
 * <ul>
 *   <li>{@link rondo.s3.xml.Xml}: writes and reads records as documents; a record's name is its
 *       root's
 *   <li>{@link rondo.s3.xml.XmlText}: text without what documents can't carry
 *   <li>{@link rondo.s3.xml.XmlElement}: an element of a document that is held to its schema
 *   <li>{@code XmlElementReader}: reads a document into a tree of elements
 *   <li>{@link rondo.s3.xml.ElementSequence}: elements of several kinds in one order
 *   <li>{@link rondo.s3.xml.Timestamps}: times as documents write them
 *   <li>{@link rondo.s3.xml.ChecksumValues}: a checksum under its algorithm's element
 *   <li>{@link rondo.s3.xml.Delete}: the document of DeleteObjects
 *   <li>{@link rondo.s3.xml.DeleteResult}: the answer to DeleteObjects
 *   <li>{@link rondo.s3.xml.GetObjectAttributesResponse}: the answer to GetObjectAttributes
 *   <li>{@link rondo.s3.xml.Owner}: an account, as documents name it
 *   <li>{@link rondo.s3.xml.Tag}: one tag
 *   <li>{@link rondo.s3.xml.TagSet}: the tags of an object or a bucket
 *   <li>{@link rondo.s3.xml.Tagging}: the document of the tagging operations
 * </ul>
 */
@NullMarked
package rondo.s3.xml;

import org.jspecify.annotations.NullMarked;
