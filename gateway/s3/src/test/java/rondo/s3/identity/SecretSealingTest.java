package rondo.s3.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import rondo.metadata.rows.AccessKeyRow;
import rondo.metadata.table.Tables;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.s3.auth.Identity;
import rondo.s3.crypt.MasterKeys;
import rondo.s3.error.S3Exception;

final class SecretSealingTest {
  private static final MasterKeys OLD = MasterKeys.random();
  private static final MasterKeys NEW = MasterKeys.random();

  private final MemoryRegisters registers = new MemoryRegisters();
  private final IdentitiesTest.FakeTime time = new IdentitiesTest.FakeTime();

  @Test
  void a_secret_is_sealed_once_sealing_has_begun() {
    registers.seal = SecretSeal.under(OLD);
    new IdentityRows(registers).beginSealing();
    Identity alice = admin().addUser("alice", "");
    AccessKeyRow row = stored(alice.accessKey());
    assertThat(row.getSecret()).isEmpty();
    assertThat(row.getSealedSecret().toStringUtf8()).doesNotContain(alice.secret());
    assertThat(identities().find(alice.accessKey())).isEqualTo(alice);
  }

  @Test
  void before_that_older_nodes_read_every_row() {
    registers.seal = SecretSeal.under(OLD);
    Identity alice = admin().addUser("alice", "");
    assertThat(new IdentityRows(registers).isSealing()).isFalse();
    registers.seal = SecretSeal.NONE;
    assertThat(identities().find(alice.accessKey())).isEqualTo(alice);
  }

  @Test
  void what_older_nodes_wrote_is_read_and_sealed() {
    Identity alice = admin().addUser("alice", "");
    Identity bob = admin().addUser("bob", "");
    registers.seal = SecretSeal.under(OLD);
    assertThat(identities().find(alice.accessKey())).isEqualTo(alice);

    assertThat(new IdentityRows(registers).sealAll()).isEqualTo(2);
    assertThat(stored(bob.accessKey()).getSecret()).isEmpty();
    assertThat(identities().find(bob.accessKey())).isEqualTo(bob);
    assertThat(new IdentityRows(registers).sealAll()).isZero();
  }

  @Test
  void a_policy_is_changed_without_opening_the_secret() {
    registers.seal = SecretSeal.under(OLD);
    new IdentityRows(registers).beginSealing();
    Identity alice = admin().addUser("alice", "");
    new IdentityRows(registers)
        .changeKey(alice.accessKey(), row -> row.toBuilder().setPolicy("{}").build());
    assertThat(stored(alice.accessKey()).getSecret()).isEmpty();
    assertThat(stored(alice.accessKey()).getSealedSecret()).isNotEmpty();
  }

  @Test
  void after_a_new_master_key_secrets_move_to_it_and_the_old_one_may_go() {
    registers.seal = SecretSeal.under(OLD);
    new IdentityRows(registers).beginSealing();
    Identity alice = admin().addUser("alice", "");

    registers.seal = SecretSeal.under(NEW.with(OLD));
    assertThat(identities().find(alice.accessKey())).isEqualTo(alice);
    assertThat(new IdentityRows(registers).sealAll()).isEqualTo(1);

    registers.seal = SecretSeal.under(NEW);
    assertThat(identities().find(alice.accessKey())).isEqualTo(alice);
    registers.seal = SecretSeal.under(OLD);
    assertThatThrownBy(() -> identities().find(alice.accessKey())).isInstanceOf(S3Exception.class);
  }

  @Test
  void a_secret_opens_under_its_own_key_and_account_only() {
    SecretSeal seal = SecretSeal.under(OLD);
    AccessKeyRow row =
        AccessKeyRow.newBuilder().setAccount("alice").setSecret("a secret of alice").build();
    AccessKeyRow sealed = seal.sealed("KEY", row);
    assertThat(seal.opened("KEY", sealed)).isEqualTo(row);
    AccessKeyRow moved = sealed.toBuilder().setAccount("bob").build();
    assertThatThrownBy(() -> seal.opened("KEY", moved)).isInstanceOf(IdentityException.class);
    assertThatThrownBy(() -> seal.opened("OTHER", sealed)).isInstanceOf(IdentityException.class);
    assertThatThrownBy(() -> SecretSeal.NONE.opened("KEY", sealed))
        .isInstanceOf(IdentityException.class);
  }

  private Identities identities() {
    return new Identities(List::of, registers, time);
  }

  private IdentityAdmin admin() {
    return new IdentityAdmin(identities(), registers, time, time);
  }

  private AccessKeyRow stored(String accessKey) {
    var key = new Key(Tables.KEYS, Tables.KEYS_PARTITION, Bytes.utf8(accessKey));
    Bytes value = Objects.requireNonNull(registers.state(key).value());
    try {
      return AccessKeyRow.parseFrom(value.array());
    } catch (InvalidProtocolBufferException e) {
      throw new AssertionError(e);
    }
  }
}
