/**
 * Server-side encryption. {@link rondo.gateway.s3.encryption.ServerSideEncryption} decides: of a
 * request's headers and a bucket's default it makes a {@link rondo.gateway.s3.encryption.Wanted},
 * of that a {@link rondo.gateway.s3.encryption.Sealing} with a new key for an object, whose bytes
 * go through a {@link rondo.gateway.s3.encryption.StreamSealing}; of a row and a reader's headers
 * an {@link rondo.gateway.s3.encryption.Opening}, by which the object's bytes are read. {@code
 * EncryptionHeaders} are read and answered, {@link rondo.gateway.s3.encryption.MasterKeyring} holds
 * the keys, and {@link rondo.gateway.s3.encryption.BucketEncryption} sets a bucket's default.
 */
@NullMarked
package rondo.gateway.s3.encryption;

import org.jspecify.annotations.NullMarked;
