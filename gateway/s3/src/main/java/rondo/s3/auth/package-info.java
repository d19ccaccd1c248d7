/**
 * Authentication of requests by signature versions 4 and 2.
 *
 * <ul>
 *   <li>{@link SignedRequest} is a request as it was on the wire.
 *   <li>{@link Authenticator} identifies the sender of a request.
 *   <li>{@link AuthSettings} holds the settings by which signatures are verified.
 *   <li>{@link AccessKeyLookup} finds the identity behind an access key.
 *   <li>{@link Identity} is an account and one of its access keys, with its role in the admin API.
 *   <li>{@link SenderVerdict} says whether the sender is verified, anonymous or rejected.
 *   <li>{@link SignatureClaimReader} reads a version 4 signature from the header or the query.
 *   <li>{@link SignatureClaim} is that signature, not yet verified.
 *   <li>{@link CredentialScope} is its access key, day, region and service.
 *   <li>{@link SigningTime} parses and writes the dates of requests.
 *   <li>{@link CanonicalRequest} is the text that a version 4 signature covers.
 *   <li>{@link CustomerKeyHeaders} hides the keys of SSE-C in error documents.
 *   <li>{@link SigningKeyCache} derives signing keys and caches the latest.
 *   <li>{@link SigningContext} is the base of the signatures of a body's chunks.
 *   <li>{@link PayloadMode} says how a body is signed and framed.
 *   <li>{@link PayloadHeader} reads the payload mode from {@code x-amz-content-sha256}.
 *   <li>{@link SignatureVersion2} verifies signature version 2.
 *   <li>{@link FormSignatures} verifies the signature of a browser's form.
 *   <li>{@link RequestSigner} signs requests as a client does.
 *   <li>{@link Hashes} computes digests and HMACs.
 * </ul>
 */
@NullMarked
package rondo.s3.auth;

import org.jspecify.annotations.NullMarked;
