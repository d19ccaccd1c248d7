/**
 * Who sent a request. A {@link SignedRequest} (with {@link PercentCoding} of its URI, in the form
 * of {@link CanonicalRequest}) carries a {@link Claim}, made of a {@link Credential}, read by
 * {@link ClaimReader}, or none; the {@link Authenticator} finds the {@link Identity} by {@link
 * AccessKeys}, derives its key in {@link SigningKeys}, and gives a {@link Verdict}, with the {@link
 * PayloadMode} of the body ({@link Payloads}) and the {@link SigningContext} of its chunks. {@link
 * Hashes} are the digests beneath, {@link SigningTime} the dates, {@link AuthSettings} what a node
 * is set to, {@link Version2} the older scheme. {@code CustomerKeys} are kept out of complaints.
 */
@NullMarked
package rondo.gateway.auth;

import org.jspecify.annotations.NullMarked;
