/**
 * Server-side encryption of objects: which key protects an object, and how its bytes are stored.
 *
 * <ul>
 *   <li>{@link EncryptionHeaders} reads and writes the headers of server-side encryption.
 *   <li>{@link EncryptionChoice} is the encryption that a request or its bucket asks for.
 *   <li>{@link ServerSideEncryption} chooses, wraps and unwraps the data key of an object.
 *   <li>{@link MasterKeyring} holds the master keys of this node.
 *   <li>{@link KeyVersion} names one version of a master key.
 *   <li>{@link NewestKeys} moves wrapped data keys to the newest versions.
 *   <li>{@link ObjectEncryption} is the encryption of one object's new bytes.
 *   <li>{@link StreamEncryption} encrypts these bytes on their way to the store.
 *   <li>{@link ObjectDecryption} decrypts an object for its reader.
 * </ul>
 */
@NullMarked
package rondo.s3.encryption;

import org.jspecify.annotations.NullMarked;
