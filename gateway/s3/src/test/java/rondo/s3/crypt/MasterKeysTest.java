package rondo.s3.crypt;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import java.util.Base64;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Wraps data keys under master keys and under customers' keys. */
final class MasterKeysTest {
  private static final ByteString NOTHING = ByteString.EMPTY;
  private static final String ONE = base64(1);
  private static final String TWO = base64(2);

  private static String base64(int seed) {
    var key = new byte[32];
    key[0] = (byte) seed;
    return Base64.getEncoder().encodeToString(key);
  }

  @Test
  void a_wrapped_key_comes_back() {
    MasterKeys keys = MasterKeys.parse("a=" + ONE);
    DataKey key = DataKey.random();
    ByteString wrapped = keys.wrap("a", key, NOTHING);
    assertThat(keys.unwrap("a", wrapped, NOTHING).bytes()).isEqualTo(key.bytes());
    assertThat(keys.wrap("a", key, NOTHING)).isNotEqualTo(wrapped);
  }

  @Test
  void an_older_master_key_unwraps_its_data_keys() {
    DataKey key = DataKey.random();
    ByteString old = MasterKeys.parse("a=" + ONE).wrap("a", key, NOTHING);
    MasterKeys rotated = MasterKeys.parse("# new\na=" + TWO + "\n\n a = " + ONE + "\n");
    assertThat(rotated.unwrap("a", old, NOTHING).bytes()).isEqualTo(key.bytes());
    ByteString fresh = rotated.wrap("a", key, NOTHING);
    assertThat(MasterKeys.parse("a=" + TWO).unwrap("a", fresh, NOTHING).bytes())
        .isEqualTo(key.bytes());
  }

  @Test
  void a_missing_key_is_named_but_not_printed() {
    MasterKeys keys = MasterKeys.parse("a=" + ONE);
    assertThatThrownBy(() -> keys.wrap("b", DataKey.random(), NOTHING))
        .isInstanceOf(KmsException.class)
        .hasMessage("there is no key b");
    ByteString wrapped = MasterKeys.parse("a=" + TWO).wrap("a", DataKey.random(), NOTHING);
    assertThatThrownBy(() -> keys.unwrap("a", wrapped, NOTHING))
        .isInstanceOf(KmsException.class)
        .hasMessageNotContaining(ONE);
  }

  @Test
  void a_wrapped_key_is_bound_to_its_master_and_its_context() {
    MasterKeys keys = MasterKeys.parse("a=" + ONE + "\nb=" + ONE);
    ByteString context = ByteString.copyFromUtf8("{\"a\":\"b\"}");
    ByteString wrapped = keys.wrap("a", DataKey.random(), context);
    assertThat(keys.unwrap("a", wrapped, context)).isNotNull();
    assertThatThrownBy(() -> keys.unwrap("a", wrapped, NOTHING))
        .isInstanceOf(TamperedException.class);
    assertThatThrownBy(() -> keys.unwrap("b", wrapped, context))
        .isInstanceOf(TamperedException.class);
    ByteString changed =
        wrapped.substring(0, wrapped.size() - 1).concat(ByteString.copyFrom(new byte[1]));
    assertThatThrownBy(() -> keys.unwrap("a", changed, context))
        .isInstanceOf(TamperedException.class);
    assertThatThrownBy(() -> keys.unwrap("a", wrapped.substring(3), context))
        .isInstanceOfAny(TamperedException.class, KmsException.class);
  }

  @Test
  void nodes_that_share_a_secret_share_the_keys() {
    byte[] secret = {1, 2, 3};
    ByteString wrapped =
        MasterKeys.parse(MasterKeys.derivedFile(secret))
            .wrap(MasterKeys.S3, DataKey.random(), NOTHING);
    MasterKeys other = MasterKeys.parse(MasterKeys.derivedFile(secret));
    assertThat(other.unwrap(MasterKeys.S3, wrapped, NOTHING)).isNotNull();
    MasterKeys given = MasterKeys.parse(MasterKeys.S3 + "=" + ONE).with(other);
    assertThat(given.unwrap(MasterKeys.S3, wrapped, NOTHING)).isNotNull();
    assertThat(given.wrap(MasterKeys.DEFAULT_KMS, DataKey.random(), NOTHING)).isNotNull();
  }

  @Test
  void a_malformed_file_is_refused_with_the_line_number_and_not_printed() {
    for (String line : new String[] {"a", "=" + ONE, "a=secret", "a=" + ONE + "AAAA"}) {
      assertThatThrownBy(() -> MasterKeys.parse("# keys\n" + line))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("line 2 ")
          .hasMessageNotContaining("secret");
    }
  }

  @Test
  void keys_are_not_printed() {
    assertThat(MasterKeys.parse("a=" + ONE)).hasToString("MasterKeys[a]");
    assertThat(DataKey.random()).hasToString("DataKey");
    assertThat(CustomerKey.parse(ONE)).hasToString("CustomerKey");
  }

  @Test
  void tags_are_equal_for_the_same_data_under_the_same_key_only() {
    DataKey key = DataKey.random();
    String md5 = "d41d8cd98f00b204e9800998ecf8427e";
    assertThat(key.tag(md5)).isEqualTo(key.tag(md5)).hasSize(32).isNotEqualTo(md5);
    assertThat(key.tag("other")).isNotEqualTo(key.tag(md5));
    assertThat(DataKey.random().tag(md5)).isNotEqualTo(key.tag(md5));
  }

  @Test
  void only_the_same_customers_key_unwraps_a_data_key() {
    CustomerKey one = Objects.requireNonNull(CustomerKey.parse(ONE));
    CustomerKey two = Objects.requireNonNull(CustomerKey.parse(TWO));
    DataKey key = DataKey.random();
    ByteString wrapped = one.wrap(key);
    assertThat(one.unwrap(wrapped).bytes()).isEqualTo(key.bytes());
    assertThatThrownBy(() -> two.unwrap(wrapped)).isInstanceOf(TamperedException.class);
  }

  @Test
  void a_customers_key_has_256_bits_and_the_md5_that_clients_compute() {
    assertThat(CustomerKey.parse("c2hvcnQ=")).isNull();
    assertThat(CustomerKey.parse("not base64!")).isNull();
    CustomerKey key =
        Objects.requireNonNull(CustomerKey.parse("pO3upElrwuEXSoFwCfnZPdSsmt/xWeFa0N9KgDijwVs="));
    assertThat(key.md5()).isEqualTo("DWygnHRtgiJ77HCm+1rvHw==");
    assertThat(key.hasMd5("DWygnHRtgiJ77HCm+1rvHw==")).isTrue();
    assertThat(key.hasMd5("AAAAAAAAAAAAAAAAAAAAAA==")).isFalse();
  }
}
