/**
 * A request's body on its way in: unframed, measured, digested and compared with its headers.
 *
 * <ul>
 *   <li>{@link rondo.s3.body.BodyClaims}: the length, digests and checksum that the headers promise
 *   <li>{@link rondo.s3.body.IncomingBody}: takes the bytes and holds them to these promises
 *   <li>{@code BodyDecoder}: removes the framing of a body
 *   <li>{@code PlainDecoder}: a body without framing
 *   <li>{@code ChunkedDecoder}: the aws-chunked framing
 *   <li>{@code AwsChunkHeader}: the line before each of its chunks
 *   <li>{@code ChunkSignatures}: the chain of signatures over its chunks
 *   <li>{@code BodyTrailers}: the lines behind its last chunk
 *   <li>{@link rondo.s3.body.BodyDigests}: computes all digests of a body in one pass
 *   <li>{@link rondo.s3.body.BodySummary}: the size, ETag and checksum of a body that arrived whole
 *   <li>{@link rondo.s3.body.ChecksumAlgorithm}: the additional checksums of S3
 *   <li>{@link rondo.s3.body.RunningChecksum}: a checksum that is being computed
 *   <li>{@link rondo.s3.body.PartChecksums}: checksums of objects made of parts
 *   <li>{@code CrcPolynomial}: joins the CRCs of two pieces
 *   <li>{@link rondo.s3.body.Crc64Nvme}: CRC-64/NVME
 *   <li>{@code XxHash3}: XXH3 with 64 or 128 bits
 *   <li>{@code XxHash64}: XXH64
 * </ul>
 */
@NullMarked
package rondo.s3.body;

import org.jspecify.annotations.NullMarked;
