/**
 * Multipart uploads.
 *
 * <ul>
 *   <li>{@link rondo.s3.multipart.CreateMultipartUpload}: CreateMultipartUpload
 *   <li>{@link rondo.s3.multipart.UploadPart}: UploadPart
 *   <li>{@link rondo.s3.multipart.UploadPartCopy}: UploadPartCopy
 *   <li>{@link rondo.s3.multipart.CompleteMultipartUpload}: CompleteMultipartUpload
 *   <li>{@link rondo.s3.multipart.AbortMultipartUpload}: AbortMultipartUpload
 *   <li>{@link rondo.s3.multipart.ListParts}: ListParts
 *   <li>{@link rondo.s3.multipart.ListMultipartUploads}: ListMultipartUploads
 *   <li>{@code PartRequest}: the upload and part that a request names
 *   <li>{@code ObjectAssembly}: makes an object's row of the rows of its parts
 *   <li>{@code CompletionClaims}: what a completion says of the object and its parts
 *   <li>{@code ChecksumPlan}: how the checksums of parts make the object's
 * </ul>
 */
@NullMarked
package rondo.s3.multipart;

import org.jspecify.annotations.NullMarked;
