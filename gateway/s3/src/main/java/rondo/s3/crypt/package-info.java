/**
 * Encryption of objects: master keys wrap data keys, data keys seal frames.
 *
 * <ul>
 *   <li>{@link rondo.s3.crypt.Kms}: holds master keys and wraps data keys under them
 *   <li>{@link rondo.s3.crypt.KmsException}: a master key could not be used
 *   <li>{@link rondo.s3.crypt.MasterKeys}: master keys of a file
 *   <li>{@link rondo.s3.crypt.VaultKms}: master keys in HashiCorp's Vault
 *   <li>{@link rondo.s3.crypt.CustomerKey}: a key that a client brings with each request (SSE-C)
 *   <li>{@link rondo.s3.crypt.DataKey}: the key of one object
 *   <li>{@code KeyWrap}: the wrapped form of a data key
 *   <li>{@link rondo.s3.crypt.SealedFrames}: the sealed form of a run of bytes, of which any range
 *       can be read
 *   <li>{@link rondo.s3.crypt.FrameSealer}: seals a stream
 *   <li>{@link rondo.s3.crypt.SealedRange}: the frames that hold a range of an object
 *   <li>{@link rondo.s3.crypt.RangeOpener}: opens these frames
 *   <li>{@link rondo.s3.crypt.TamperedException}: sealed bytes are not the ones that were written,
 *       or the key is another
 * </ul>
 */
@NullMarked
package rondo.s3.crypt;

import org.jspecify.annotations.NullMarked;
