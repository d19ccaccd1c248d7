package rondo.s3.encryption;

import com.google.protobuf.ByteString;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import rondo.metadata.rows.Encryption;
import rondo.s3.crypt.DataKey;
import rondo.s3.crypt.Kms;
import rondo.s3.crypt.KmsException;
import rondo.s3.crypt.MasterKeys;

/**
 * Moves wrapped data keys to the newest versions of their master keys. It finds the newest version
 * of a key by wrapping something, once: a version that comes later isn't noticed. Used by one
 * thread; its methods may wait for a key management service.
 */
public final class NewestKeys {
  private final MasterKeyring keys;
  private final Map<String, String> newest = new HashMap<>();
  private final Map<String, KmsException> unusable = new HashMap<>();

  public NewestKeys(MasterKeyring keys) {
    this.keys = keys;
  }

  /** The versions of master keys that open a row's data key; none if it is plain or a client's. */
  public List<KeyVersion> named(Encryption row) {
    return switch (row.getMode()) {
      case NONE, CUSTOMER -> List.of();
      case S3 -> List.of(own(row.getWrappedKey()));
      case KMS -> List.of(kms(row));
      case DUAL -> List.of(kms(row), own(row.getWrappedOuterKey()));
      case UNRECOGNIZED -> List.of(new KeyVersion("of a newer Rondo", ""));
    };
  }

  /** The version of the node's own master key that sealed this. */
  public KeyVersion own(ByteString sealed) {
    return new KeyVersion(MasterKeys.S3, keys.own().version(sealed));
  }

  private KeyVersion kms(Encryption row) {
    return new KeyVersion(row.getKeyId(), keys.kms().version(row.getWrappedKey()));
  }

  /** Whether no newer version is known; false, too, for a key that can't be used. */
  public boolean isNewest(KeyVersion key) {
    if (!newest.containsKey(key.name()) && !unusable.containsKey(key.name())) {
      find(key.name());
    }
    return key.version().equals(newest.get(key.name()));
  }

  private void find(String name) {
    try {
      Kms kms = service(name);
      newest.put(name, kms.version(kms.wrap(name, DataKey.random(), ByteString.EMPTY)));
    } catch (KmsException e) {
      unusable.put(name, e);
    }
  }

  private Kms service(String name) {
    return name.equals(MasterKeys.S3) ? keys.own() : keys.kms();
  }

  /** Whether all of these are the newest versions of their keys. */
  public boolean areNewest(List<KeyVersion> named) {
    return named.stream().allMatch(this::isNewest);
  }

  /**
   * The encryption with its data key under the newest versions of its master keys, and otherwise as
   * it was.
   *
   * @throws KmsException when a master key is missing or can't be used
   * @throws rondo.s3.crypt.TamperedException when the row doesn't hold a wrapped data key
   */
  public Encryption rewrapped(Encryption row) {
    Encryption.Builder changed = row.toBuilder();
    switch (row.getMode()) {
      case NONE, CUSTOMER, UNRECOGNIZED -> {}
      case S3 -> changed.setWrappedKey(rewrappedOwn(row.getWrappedKey()));
      case KMS -> changed.setWrappedKey(rewrappedKms(row));
      case DUAL ->
          changed
              .setWrappedKey(rewrappedKms(row))
              .setWrappedOuterKey(rewrappedOwn(row.getWrappedOuterKey()));
    }
    return changed.build();
  }

  private ByteString rewrappedOwn(ByteString wrapped) {
    return rewrapped(own(wrapped), wrapped, ByteString.EMPTY);
  }

  private ByteString rewrappedKms(Encryption row) {
    return rewrapped(kms(row), row.getWrappedKey(), row.getContext());
  }

  private ByteString rewrapped(KeyVersion key, ByteString wrapped, ByteString context) {
    if (isNewest(key)) {
      return wrapped;
    }
    KmsException why = unusable.get(key.name());
    if (why != null) {
      throw why;
    }
    Kms kms = service(key.name());
    return kms.wrap(key.name(), kms.unwrap(key.name(), wrapped, context), context);
  }
}
