package rondo.s3.encryption;

import com.google.protobuf.ByteString;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.metadata.rows.Encryption;
import rondo.s3.crypt.CustomerKey;
import rondo.s3.crypt.DataKey;
import rondo.s3.crypt.Kms;
import rondo.s3.crypt.KmsException;
import rondo.s3.crypt.MasterKeys;
import rondo.s3.crypt.TamperedException;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

/**
 * The master keys that this node can use. Thread-safe; its methods may wait for a key management
 * service.
 *
 * @param own holds the master key of SSE-S3
 * @param kms holds the master keys of SSE-KMS
 * @param usualKmsKey the key for requests that name none; null when they must name one
 */
public record MasterKeyring(MasterKeys own, Kms kms, @Nullable String usualKmsKey) {
  private static final Logger log = LoggerFactory.getLogger(MasterKeyring.class);

  /** The keys of one file for both SSE-S3 and SSE-KMS. */
  public static MasterKeyring local(MasterKeys keys) {
    return new MasterKeyring(keys, keys, MasterKeys.DEFAULT_KMS);
  }

  /**
   * Wraps a new data key for an object's row.
   *
   * @throws S3Exception KMS.NotFoundException, AccessDenied, ServiceUnavailable
   */
  ByteString wrap(EncryptionChoice wanted, DataKey key) {
    CustomerKey customer = wanted.customer();
    return customer != null
        ? customer.wrap(key)
        : wanted.mode() == Encryption.Mode.S3
            ? wrap(key)
            : wrap(wanted.keyId(), key, wanted.context());
  }

  /**
   * The data key of an object that isn't encrypted under a customer's key.
   *
   * @throws S3Exception KMS.NotFoundException, AccessDenied, ServiceUnavailable, InternalError
   */
  DataKey unwrap(Encryption row) {
    if (row.getMode() == Encryption.Mode.S3) {
      return unwrap(row.getWrappedKey());
    }
    DataKey key = unwrap(row.getKeyId(), row.getWrappedKey(), row.getContext());
    return row.getMode() == Encryption.Mode.DUAL
        ? key.within(unwrap(row.getWrappedOuterKey()))
        : key;
  }

  ByteString wrap(DataKey key) {
    try {
      return own.wrap(MasterKeys.S3, key, ByteString.EMPTY);
    } catch (KmsException missing) {
      throw broken(missing);
    }
  }

  private DataKey unwrap(ByteString wrapped) {
    try {
      return own.unwrap(MasterKeys.S3, wrapped, ByteString.EMPTY);
    } catch (KmsException | TamperedException e) {
      throw broken(e);
    }
  }

  /**
   * @throws S3Exception KMS.NotFoundException, AccessDenied, ServiceUnavailable
   */
  private ByteString wrap(String keyId, DataKey key, ByteString context) {
    checkName(keyId);
    try {
      return kms.wrap(keyId, key, context);
    } catch (KmsException e) {
      throw refused(keyId, e);
    }
  }

  /**
   * @throws S3Exception KMS.NotFoundException, AccessDenied, ServiceUnavailable, InternalError
   */
  private DataKey unwrap(String keyId, ByteString wrapped, ByteString context) {
    try {
      return kms.unwrap(keyId, wrapped, context);
    } catch (KmsException e) {
      throw refused(keyId, e);
    } catch (TamperedException e) {
      throw broken(e);
    }
  }

  /**
   * Hides the master key of SSE-S3, which protects objects of all accounts: no request may name it.
   */
  private static void checkName(String keyId) {
    if (keyId.equals(MasterKeys.S3)) {
      throw notFound(keyId);
    }
  }

  private static S3Exception refused(String keyId, KmsException e) {
    return switch (e.reason()) {
      case NOT_FOUND -> notFound(keyId);
      case REFUSED ->
          new S3Exception(S3Error.ACCESS_DENIED, "The key management service refused the key");
      case UNAVAILABLE -> {
        log.warn("the key management service: {}", e.getMessage());
        yield new S3Exception(S3Error.SERVICE_UNAVAILABLE);
      }
    };
  }

  private static S3Exception notFound(String keyId) {
    return new S3Exception(S3Error.KMS_NOT_FOUND_EXCEPTION, "Invalid keyId '" + keyId + "'");
  }

  private static S3Exception broken(RuntimeException e) {
    log.error("a data key can't be used: {}", e.getMessage());
    return new S3Exception(S3Error.INTERNAL_ERROR);
  }
}
