/**
 * Multipart uploads.
 *
 * <ul>
 *   <li>{@link ChecksumPlan} has the checksum algorithm of the parts and the way in which they make
 *       the object's.
 *   <li>{@link CreateMultipartUpload} answers CreateMultipartUpload.
 *   <li>{@link PartRequest} is the upload and part that a request names.
 *   <li>{@link UploadPart} answers UploadPart.
 *   <li>{@link UploadPartCopy} answers UploadPartCopy.
 *   <li>{@link ListParts} answers ListParts.
 *   <li>{@link ListMultipartUploads} answers ListMultipartUploads.
 *   <li>{@link CompleteMultipartUpload} answers CompleteMultipartUpload.
 *   <li>{@link ObjectAssembly} makes the object's row from the rows of its parts.
 *   <li>{@link AbortMultipartUpload} answers AbortMultipartUpload.
 *   <li>{@link CompletionClaims}: what a completion says of the object and its parts
 * </ul>
 */
@NullMarked
package rondo.s3.multipart;

import org.jspecify.annotations.NullMarked;
