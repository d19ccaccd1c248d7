/**
 * Authentication of requests by signature versions 4 and 2.
 *
 * <ul>
 *   <li>{@link rondo.s3.auth.SignedRequest}: a request as it was on the wire
 *   <li>{@link rondo.s3.auth.Authenticator}: decides who sent it
 *   <li>{@link rondo.s3.auth.AuthSettings}: the region and profile that signatures are held to
 *   <li>{@link rondo.s3.auth.AccessKeyLookup}: finds the owner of an access key
 *   <li>{@link rondo.s3.auth.Identity}: an account and one of its keys
 *   <li>{@link rondo.s3.auth.SenderVerdict}: verified, anonymous or rejected
 *   <li>{@code SignatureClaimReader}: reads a version 4 signature from the header or the query
 *   <li>{@code SignatureClaim}: that signature with its signed headers
 *   <li>{@code CredentialScope}: the access key, day, region and service of a signature
 *   <li>{@code SigningTime}: reads and judges the dates of requests
 *   <li>{@code CanonicalRequest}: the text that a version 4 signature covers
 *   <li>{@code CustomerKeyHeaders}: the SSE-C headers, which complaints must not repeat
 *   <li>{@code SigningKeyCache}: derives signing keys and keeps the latest
 *   <li>{@link rondo.s3.auth.SigningContext}: the base of the signatures of a body's chunks
 *   <li>{@link rondo.s3.auth.PayloadMode}: how a body is signed and framed
 *   <li>{@code PayloadHeader}: reads that from {@code x-amz-content-sha256}
 *   <li>{@code SignatureVersion2}: verifies signature version 2
 *   <li>{@link rondo.s3.auth.FormSignatures}: verifies the signature of a browser's form
 *   <li>{@link rondo.s3.auth.RequestSigner}: signs requests as a client does
 *   <li>{@link rondo.s3.auth.Hashes}: digests and keyed digests
 * </ul>
 */
@NullMarked
package rondo.s3.auth;

import org.jspecify.annotations.NullMarked;
