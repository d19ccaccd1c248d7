/**
 * Operations on one object, and the parts that other families of operations share with them.
 *
 * <ul>
 *   <li>{@link NewObject} makes the row of a new object from the headers of its request.
 *   <li>{@link TagReader} reads tags from a header or a document.
 *   <li>{@link WriteConditions} reads the conditions of writes on the current object.
 *   <li>{@link BodyReceiver} receives a body into memory or into a blob.
 *   <li>{@link PutObject} answers PutObject.
 *   <li>{@link AppendObject} answers PutObject at an offset.
 *   <li>{@link AppendedObject} makes the row of an object to which bytes are appended.
 *   <li>{@link ObjectReader} finds an object, authorises its reader and makes the head of the
 *       answer.
 *   <li>{@link ReadConditions} has the conditions of reads.
 *   <li>{@link ByteRange} is a range of an object's bytes.
 *   <li>{@link ByteSelection} is the bytes that a read asks for.
 *   <li>{@link ObjectHeaders} makes the headers that describe an object.
 *   <li>{@link ArchivedObjects} knows the objects that must be restored before they are read.
 *   <li>{@link GetObject} answers GetObject.
 *   <li>{@link HeadObject} answers HeadObject.
 *   <li>{@link GetObjectAttributes} answers GetObjectAttributes.
 *   <li>{@link ObjectTagging} answers GetObjectTagging, PutObjectTagging and DeleteObjectTagging.
 *   <li>{@link ObjectAcl} answers GetObjectAcl and PutObjectAcl.
 *   <li>{@link RestoreObject} answers RestoreObject.
 * </ul>
 */
@NullMarked
package rondo.s3.object;

import org.jspecify.annotations.NullMarked;
