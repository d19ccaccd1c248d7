/**
 * Multipart uploads: {@link rondo.gateway.s3.multipart.CreateMultipartUpload} with its {@link
 * rondo.gateway.s3.multipart.ChecksumPlan}; {@link rondo.gateway.s3.multipart.UploadPart} and
 * {@link rondo.gateway.s3.multipart.UploadPartCopy}, each of one {@link
 * rondo.gateway.s3.multipart.PartRequest}; {@link rondo.gateway.s3.multipart.ListParts}, {@link
 * rondo.gateway.s3.multipart.ListMultipartUploads}; {@link
 * rondo.gateway.s3.multipart.CompleteMultipartUpload}, which makes the object by {@link
 * rondo.gateway.s3.multipart.Assembling} the parts, and {@link
 * rondo.gateway.s3.multipart.AbortMultipartUpload}.
 */
@NullMarked
package rondo.gateway.s3.multipart;

import org.jspecify.annotations.NullMarked;
