package rondo.s3.identity;

import com.google.protobuf.ByteString;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.metadata.rows.AccessKeyRow;
import rondo.s3.crypt.KmsException;
import rondo.s3.crypt.MasterKeys;
import rondo.s3.crypt.TamperedException;

/**
 * Seals the secrets of access keys under the node's own master key, which needs no Vault. A sealed
 * secret is bound to its access key and account: in another row it can't be opened. Thread-safe.
 */
public final class SecretSeal {
  private static final Logger log = LoggerFactory.getLogger(SecretSeal.class);

  /** A node without master keys: it reads and writes secrets in clear only. */
  public static final SecretSeal NONE = new SecretSeal(null);

  private final @Nullable MasterKeys keys;

  private SecretSeal(@Nullable MasterKeys keys) {
    this.keys = keys;
  }

  public static SecretSeal under(MasterKeys keys) {
    return new SecretSeal(keys);
  }

  /** The row with its secret sealed. */
  AccessKeyRow sealed(String accessKey, AccessKeyRow row) {
    byte[] secret = row.getSecret().getBytes(StandardCharsets.UTF_8);
    return row.toBuilder()
        .clearSecret()
        .setSealedSecret(keys().seal(MasterKeys.S3, secret, context(accessKey, row)))
        .build();
  }

  /**
   * The row with its secret in clear.
   *
   * @throws IdentityException UNAVAILABLE when this node can't open it
   */
  AccessKeyRow opened(String accessKey, AccessKeyRow row) {
    if (row.getSealedSecret().isEmpty()) {
      return row;
    }
    try {
      byte[] secret = keys().open(MasterKeys.S3, row.getSealedSecret(), context(accessKey, row));
      return row.toBuilder()
          .clearSealedSecret()
          .setSecret(new String(secret, StandardCharsets.UTF_8))
          .build();
    } catch (KmsException | TamperedException e) {
      log.error("the secret of access key {} can't be opened: {}", accessKey, e.getMessage());
      throw new IdentityException(
          IdentityException.Reason.UNAVAILABLE, "the secret of this key can't be opened here");
    }
  }

  /** Whether the row has a secret in clear or under an older key, and this node can do better. */
  boolean isStale(AccessKeyRow row) {
    return keys != null
        && (row.getSealedSecret().isEmpty()
            ? !row.getSecret().isEmpty()
            : !keys.isNewest(MasterKeys.S3, row.getSealedSecret()));
  }

  private MasterKeys keys() {
    if (keys == null) {
      throw new IdentityException(
          IdentityException.Reason.UNAVAILABLE, "this node has no master keys: ask a gateway");
    }
    return keys;
  }

  private static ByteString context(String accessKey, AccessKeyRow row) {
    return ByteString.copyFromUtf8("secret of access key\0" + accessKey + "\0" + row.getAccount());
  }
}
