package rondo.s3.encryption;

import com.google.protobuf.ByteString;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Encryption;
import rondo.metadata.rows.ObjectRow;
import rondo.s3.crypt.CustomerKey;
import rondo.s3.crypt.TamperedException;

/**
 * The encryption that new bytes get.
 *
 * @param keyId of SSE-KMS and DSSE-KMS; else empty
 * @param context of SSE-KMS and DSSE-KMS: the encryption context that the data key is bound to; may
 *     be empty
 * @param bucketKey whether the request or its bucket asks for an S3 Bucket Key
 * @param customer of SSE-C; else null
 */
public record EncryptionChoice(
    Encryption.Mode mode,
    String keyId,
    ByteString context,
    boolean bucketKey,
    @Nullable CustomerKey customer) {

  static final EncryptionChoice PLAIN =
      new EncryptionChoice(Encryption.Mode.NONE, "", ByteString.EMPTY, false, null);
  static final EncryptionChoice S3 =
      new EncryptionChoice(Encryption.Mode.S3, "", ByteString.EMPTY, false, null);

  static EncryptionChoice kms(String keyId, ByteString context, boolean bucketKey) {
    return new EncryptionChoice(Encryption.Mode.KMS, keyId, context, bucketKey, null);
  }

  static EncryptionChoice dual(String keyId, ByteString context) {
    return new EncryptionChoice(Encryption.Mode.DUAL, keyId, context, false, null);
  }

  static EncryptionChoice customer(CustomerKey key) {
    return new EncryptionChoice(Encryption.Mode.CUSTOMER, "", ByteString.EMPTY, false, key);
  }

  /** Whether bytes with this encryption satisfy the choice, so that they need no new encryption. */
  public boolean isMetBy(Encryption row) {
    return mode == row.getMode()
        && keyId.equals(row.getKeyId())
        && context.equals(row.getContext())
        && (customer == null || opens(customer, row.getWrappedKey()));
  }

  /** Gives a copy's row the encryption of its source, whose blobs and data key it shares. */
  public void carryOver(ObjectRow source, ObjectRow.Builder copy) {
    if (mode != Encryption.Mode.NONE) {
      copy.setEncryption(source.getEncryption().toBuilder().setBucketKey(bucketKey));
    }
  }

  private static boolean opens(CustomerKey customer, ByteString wrapped) {
    try {
      customer.unwrap(wrapped);
      return true;
    } catch (TamperedException other) {
      return false;
    }
  }

  /** The headers of the answer to a write. */
  public Map<String, String> headers() {
    Encryption row =
        Encryption.newBuilder().setMode(mode).setKeyId(keyId).setBucketKey(bucketKey).build();
    var headers = new LinkedHashMap<>(EncryptionHeaders.of(row, customer));
    if (!context.isEmpty()) {
      headers.put(
          EncryptionHeaders.CONTEXT, Base64.getEncoder().encodeToString(context.toByteArray()));
    }
    return headers;
  }
}
