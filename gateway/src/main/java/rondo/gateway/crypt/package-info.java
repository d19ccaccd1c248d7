/**
 * Encryption at rest. An object's {@link rondo.gateway.crypt.DataKey} seals its bytes in {@link
 * rondo.gateway.crypt.Frames}: a {@link rondo.gateway.crypt.FrameSealer} makes them, a {@link
 * rondo.gateway.crypt.SealedRange} says which of them hold a range of the object, and its {@link
 * rondo.gateway.crypt.RangeOpener} opens them or throws {@link
 * rondo.gateway.crypt.TamperedException}. The data key itself is kept wrapped ({@code KeyWrap}):
 * under a {@link rondo.gateway.crypt.CustomerKey}, or by a {@link rondo.gateway.crypt.Kms} that
 * holds the master keys, which are {@link rondo.gateway.crypt.MasterKeys} of a file or those of a
 * {@link rondo.gateway.crypt.VaultKms}; {@link rondo.gateway.crypt.KmsException} says why it can't.
 */
@NullMarked
package rondo.gateway.crypt;

import org.jspecify.annotations.NullMarked;
