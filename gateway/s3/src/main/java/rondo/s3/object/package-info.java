/**
 * Operations on one object, and the parts that other families share with them.
 *
 * <ul>
 *   <li>{@link rondo.s3.object.PutObject}: PutObject
 *   <li>{@link rondo.s3.object.AppendObject}: PutObject at an offset
 *   <li>{@code AppendedObject}: the row of an object that has grown
 *   <li>{@link rondo.s3.object.NewObject}: the row of a new object, from the headers of its request
 *   <li>{@link rondo.s3.object.BodyReceiver}: takes a body into memory or into a blob
 *   <li>{@link rondo.s3.object.WriteConditions}: the conditions of writes on the object that is
 *       there
 *   <li>{@link rondo.s3.object.TagReader}: reads tags from a header or a document
 *   <li>{@link rondo.s3.object.ObjectTagging}: the tags of an object
 *   <li>{@link rondo.s3.object.GetObject}: GetObject
 *   <li>{@link rondo.s3.object.HeadObject}: HeadObject
 *   <li>{@link rondo.s3.object.GetObjectAttributes}: GetObjectAttributes
 *   <li>{@link rondo.s3.object.ObjectReader}: finds an object, authorises its reader and makes the
 *       head of the answer
 *   <li>{@code ByteSelection}: the bytes that a read asks for
 *   <li>{@link rondo.s3.object.ByteRange}: a range of bytes
 *   <li>{@link rondo.s3.object.ReadConditions}: the conditions of reads
 *   <li>{@link rondo.s3.object.ObjectHeaders}: the headers that describe an object
 *   <li>{@link rondo.s3.object.ArchivedObjects}: objects that must be restored before they are read
 *   <li>{@link rondo.s3.object.RestoreObject}: RestoreObject
 *   <li>{@link rondo.s3.object.ObjectAcl}: GetObjectAcl and PutObjectAcl
 * </ul>
 */
@NullMarked
package rondo.s3.object;

import org.jspecify.annotations.NullMarked;
