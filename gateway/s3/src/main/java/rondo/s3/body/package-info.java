/**
 * A request's body as it arrives: decoded, measured, digested and compared with its headers.
 *
 * <ul>
 *   <li>{@link BodyClaims} holds the length, digests and checksum that the headers claim.
 *   <li>{@link IncomingBody} takes the bytes and compares them with these claims.
 *   <li>{@link BodyDecoder} removes the framing of a body.
 *   <li>{@link PlainDecoder} decodes a body without framing.
 *   <li>{@link ChunkedDecoder} decodes the aws-chunked framing.
 *   <li>{@link AwsChunkHeader} is the line before each of its chunks.
 *   <li>{@link ChunkSignatures} checks the chain of signatures over its chunks.
 *   <li>{@link BodyTrailers} holds the lines after its last chunk.
 *   <li>{@link BodyDigests} computes all digests of a body in one pass.
 *   <li>{@link BodySummary} is the size, ETag and checksum of a body that arrived whole.
 *   <li>{@link ChecksumAlgorithm} names the additional checksums of S3.
 *   <li>{@link RunningChecksum} computes one of them.
 *   <li>{@link Crc64Nvme} computes CRC-64/NVME.
 *   <li>{@link XxHash64} computes XXH64.
 *   <li>{@link XxHash3} computes XXH3 of 64 or 128 bits.
 *   <li>{@link PartChecksums} computes the checksum of an object from those of its parts.
 *   <li>{@link CrcPolynomial} combines the CRCs of two pieces.
 * </ul>
 */
@NullMarked
package rondo.s3.body;

import org.jspecify.annotations.NullMarked;
