/**
 * Server-side encryption of one object: which key, and how its bytes pass.
 *
 * <ul>
 *   <li>{@code EncryptionHeaders}: the headers that ask for it and tell of it
 *   <li>{@link rondo.s3.encryption.EncryptionChoice}: the encryption that a request or its bucket
 *       asks for
 *   <li>{@link rondo.s3.encryption.MasterKeyring}: the master keys of this node
 *   <li>{@link rondo.s3.encryption.ServerSideEncryption}: finds and unwraps the key of an object
 *   <li>{@link rondo.s3.encryption.ObjectEncryption}: the encryption of one object's new bytes
 *   <li>{@link rondo.s3.encryption.StreamEncryption}: encrypts them on their way to the store
 *   <li>{@link rondo.s3.encryption.ObjectDecryption}: an object that its reader is able to read
 * </ul>
 */
@NullMarked
package rondo.s3.encryption;

import org.jspecify.annotations.NullMarked;
