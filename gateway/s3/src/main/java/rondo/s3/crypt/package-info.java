/**
 * Encryption of objects: master keys wrap data keys, data keys encrypt frames.
 *
 * <ul>
 *   <li>{@link Kms} holds master keys and wraps data keys under them.
 *   <li>{@link KmsException} says why a master key could not be used.
 *   <li>{@link MasterKeys} holds master keys from a file.
 *   <li>{@link VaultKms} uses master keys in HashiCorp's Vault.
 *   <li>{@link CustomerKey} is a key that a client brings with each request (SSE-C).
 *   <li>{@link DataKey} is the key of one object.
 *   <li>{@link KeyWrap} wraps a data key under another key.
 *   <li>{@link SealedFrames} defines the sealed form of a run of bytes, of which any range can be
 *       read.
 *   <li>{@link FrameSealer} encrypts a stream into frames.
 *   <li>{@link SealedRange} finds the frames that hold a range of an object.
 *   <li>{@link RangeOpener} decrypts these frames.
 *   <li>{@link TamperedException} says that sealed bytes aren't the ones that were written, or
 *       their key is another.
 * </ul>
 */
@NullMarked
package rondo.s3.crypt;

import org.jspecify.annotations.NullMarked;
