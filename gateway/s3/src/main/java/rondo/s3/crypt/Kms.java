package rondo.s3.crypt;

import com.google.protobuf.ByteString;

/** Holds master keys, and wraps data keys under them. Thread-safe; its methods block. */
public interface Kms {
  /**
   * Wraps a key under the newest version of a master key.
   *
   * @param context what the wrapped key is bound to; may be empty
   * @throws KmsException when there is no such key, or it can't be used now
   */
  ByteString wrap(String keyId, DataKey key, ByteString context);

  /**
   * Gives the key back, whichever version of the master key it was wrapped under.
   *
   * @param context the same as when it was wrapped
   * @throws KmsException when there is no such key, or it can't be used now
   * @throws TamperedException when this wasn't wrapped so
   */
  DataKey unwrap(String keyId, ByteString wrapped, ByteString context);
}
