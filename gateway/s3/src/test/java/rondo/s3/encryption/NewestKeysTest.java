package rondo.s3.encryption;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import org.junit.jupiter.api.Test;
import rondo.metadata.rows.Encryption;
import rondo.s3.crypt.DataKey;
import rondo.s3.crypt.Kms;
import rondo.s3.crypt.KmsException;
import rondo.s3.crypt.MasterKeys;

/** Data keys move to the newest version of their master key. */
final class NewestKeysTest {
  private static final ByteString CONTEXT = ByteString.copyFromUtf8("{\"a\":\"b\"}");

  private final MasterKeys own = MasterKeys.random();
  private final RotatedService service = new RotatedService();
  private final MasterKeyring keyring = new MasterKeyring(own, service, null);
  private final DataKey data = DataKey.random();

  /** Keeps a key with versions, as Vault does; its wrapped keys begin with the version. */
  private static final class RotatedService implements Kms {
    private final MasterKeys keys = MasterKeys.random();
    private int newest = 1;
    private int wrapped;

    @Override
    public ByteString wrap(String keyId, DataKey key, ByteString context) {
      wrapped++;
      return ByteString.copyFromUtf8(newest + ":")
          .concat(keys.wrap(MasterKeys.DEFAULT_KMS, key, context));
    }

    @Override
    public DataKey unwrap(String keyId, ByteString wrappedKey, ByteString context) {
      return keys.unwrap(MasterKeys.DEFAULT_KMS, wrappedKey.substring(2), context);
    }

    @Override
    public String version(ByteString wrappedKey) {
      return "v" + wrappedKey.substring(0, 1).toStringUtf8();
    }
  }

  private Encryption.Builder ofService() {
    return Encryption.newBuilder()
        .setMode(Encryption.Mode.KMS)
        .setKeyId("k")
        .setContext(CONTEXT)
        .setBucketKey(true)
        .setWrappedKey(service.wrap("k", data, CONTEXT));
  }

  @Test
  void a_key_of_a_service_moves_to_the_version_that_it_wraps_by_now() {
    Encryption before = ofService().build();
    service.newest = 2;
    var keys = new NewestKeys(keyring);
    assertThat(keys.named(before)).containsExactly(new KeyVersion("k", "v1"));
    assertThat(keys.areNewest(keys.named(before))).isFalse();
    Encryption after = keys.rewrapped(before);
    assertThat(keys.named(after)).containsExactly(new KeyVersion("k", "v2"));
    assertThat(keys.areNewest(keys.named(after))).isTrue();
    assertThat(keyring.unwrap(after).tag("md5")).isEqualTo(data.tag("md5"));
    assertThat(after.toBuilder().clearWrappedKey().build())
        .isEqualTo(before.toBuilder().clearWrappedKey().build());
  }

  @Test
  void a_data_key_under_the_newest_version_stays_and_asks_nothing() {
    Encryption row = ofService().build();
    var keys = new NewestKeys(keyring);
    assertThat(keys.areNewest(keys.named(row))).isTrue();
    int asked = service.wrapped;
    assertThat(keys.rewrapped(row)).isEqualTo(row);
    assertThat(service.wrapped).isEqualTo(asked);
  }

  @Test
  void of_two_layers_each_moves_by_itself() {
    Encryption before =
        ofService()
            .setMode(Encryption.Mode.DUAL)
            .setWrappedOuterKey(own.wrap(MasterKeys.S3, data, ByteString.EMPTY))
            .build();
    MasterKeys fresh = MasterKeys.random().with(own);
    var keys = new NewestKeys(new MasterKeyring(fresh, service, null));
    Encryption after = keys.rewrapped(before);
    assertThat(after.getWrappedKey()).isEqualTo(before.getWrappedKey());
    assertThat(fresh.isNewest(MasterKeys.S3, after.getWrappedOuterKey())).isTrue();
  }

  @Test
  void plain_objects_and_those_of_customers_name_no_key() {
    var keys = new NewestKeys(keyring);
    assertThat(keys.named(Encryption.getDefaultInstance())).isEmpty();
    var customers = Encryption.newBuilder().setMode(Encryption.Mode.CUSTOMER).build();
    assertThat(keys.named(customers)).isEmpty();
    assertThat(keys.rewrapped(customers)).isEqualTo(customers);
  }

  @Test
  void a_key_that_is_missing_is_not_taken_for_the_newest() {
    var keys = new NewestKeys(MasterKeyring.local(own));
    Encryption row = ofService().build();
    assertThat(keys.areNewest(keys.named(row))).isFalse();
    assertThatThrownBy(() -> keys.rewrapped(row)).isInstanceOf(KmsException.class);
  }
}
