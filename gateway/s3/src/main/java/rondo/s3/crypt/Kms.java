package rondo.s3.crypt;

import com.google.protobuf.ByteString;

/** Holds master keys, and wraps data keys under them. Thread-safe; its methods block. */
public interface Kms {
  /**
   * Wraps a data key under the newest version of a master key.
   *
   * @param context the encryption context that the wrapped key is bound to; may be empty
   * @throws KmsException when there is no such master key, or it can't be used now
   */
  ByteString wrap(String keyId, DataKey key, ByteString context);

  /**
   * Unwraps a data key, whichever version of the master key it was wrapped under.
   *
   * @param context the encryption context with which it was wrapped
   * @throws KmsException when there is no such master key, or it can't be used now
   * @throws TamperedException when the data key was wrapped under another key or context
   */
  DataKey unwrap(String keyId, ByteString wrapped, ByteString context);

  /**
   * Names the version of its master key that a data key is wrapped under, without asking any
   * service. Two equal names mean one version of one key.
   */
  String version(ByteString wrapped);
}
