/**
 * The body of a request, as a stream that is never held whole. {@link BodyClaims} is what the
 * headers say about it; {@link IncomingBody} takes it as it arrives, through a {@link BodyDecoder}
 * ({@link PlainDecoder}, or {@link ChunkedDecoder} for aws-chunked, which reads a {@link
 * ChunkHeader} per chunk, collects {@link Trailers} and checks {@link ChunkSignatures}) and {@link
 * Digests}, and ends in {@link Digested}. {@link ChecksumAlgorithm} names S3's checksums, {@link
 * RunningChecksum} computes one, {@link Crc64Nvme} and {@link XxHash64} (and {@link XxHash3}, from
 * a library) those that the JDK lacks, {@link Checksums} joins those of parts, with {@link
 * CrcPolynomial} for the CRCs.
 */
@NullMarked
package rondo.gateway.body;

import org.jspecify.annotations.NullMarked;
