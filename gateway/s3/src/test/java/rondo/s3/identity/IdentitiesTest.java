package rondo.s3.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.s3.auth.Identity;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;

final class IdentitiesTest {
  private static final long SECOND = 1_000_000_000L;
  private static final Identity ROOT = Identities.root("ROOTKEY", "rootsecret");

  private final MemoryRegisters registers = new MemoryRegisters();
  private final FakeTime time = new FakeTime();
  private final Identities here = new Identities(() -> List.of(ROOT), registers, time);
  private final Identities elsewhere = new Identities(() -> List.of(ROOT), registers, time);
  private final IdentityAdmin admin = new IdentityAdmin(here, registers, time, time);

  @Test
  void the_root_is_known_without_the_cluster() {
    registers.down = true;
    assertThat(here.find("ROOTKEY")).isEqualTo(ROOT);
    assertThat(ROOT.accountId()).matches("[0-9a-f]{64}");
  }

  @Test
  void a_new_user_is_found_on_every_node() {
    Identity alice = admin.addUser("alice", "alice@example.org");
    assertThat(elsewhere.find(alice.accessKey())).isEqualTo(alice);
    assertThat(elsewhere.displayName(alice.accountId())).isEqualTo("alice");
    assertThat(alice.secret()).hasSize(40);
    assertThat(alice.accessKey()).hasSize(20);
  }

  @Test
  void a_user_has_one_name() {
    admin.addUser("alice", "");
    assertRefused(IdentityException.Reason.EXISTS, () -> admin.addUser("alice", ""));
    assertRefused(IdentityException.Reason.EXISTS, () -> admin.addUser("root", ""));
    assertRefused(IdentityException.Reason.INVALID, () -> admin.addUser("a b", ""));
  }

  @Test
  void a_key_is_looked_up_once_a_lease_and_renewed_before_it_runs_out() {
    Identity alice = admin.addUser("alice", "");
    registers.reads = 0;
    for (int round = 0; round < 100; round++) {
      elsewhere.find(alice.accessKey());
    }
    assertThat(registers.reads).isEqualTo(2);
    time.nanos += SECOND;
    elsewhere.find(alice.accessKey());
    assertThat(registers.reads).isEqualTo(4);
  }

  @Test
  void a_key_that_there_is_not_costs_one_lookup_and_pushes_no_other_out() {
    Identity alice = admin.addUser("alice", "");
    assertThat(elsewhere.find(alice.accessKey())).isNotNull();
    registers.reads = 0;
    for (int round = 0; round < 100; round++) {
      assertThat(elsewhere.find("NOSUCHKEY00000000000")).isNull();
    }
    assertThat(elsewhere.find("A".repeat(4_000))).isNull();
    assertThat(registers.reads).isEqualTo(1);
    time.nanos += 11 * SECOND;
    assertThat(elsewhere.find("NOSUCHKEY00000000000")).isNull();
    assertThat(registers.reads).isEqualTo(2);
  }

  @Test
  void a_user_has_a_bounded_number_of_keys() {
    admin.addUser("alice", "");
    for (int n = 1; n < IdentityAdmin.MOST_KEYS; n++) {
      admin.addKey("alice");
    }
    assertRefused(IdentityException.Reason.INVALID, () -> admin.addKey("alice"));
    assertThat(admin.addUser("bob", "")).isNotNull();
  }

  @Test
  void a_removed_key_is_used_nowhere_once_its_removal_was_answered() {
    Identity alice = admin.addUser("alice", "");
    assertThat(elsewhere.find(alice.accessKey())).isNotNull();
    admin.removeKey(alice.accessKey());
    assertThat(elsewhere.find(alice.accessKey())).isNull();
    assertRefused(IdentityException.Reason.NOT_FOUND, () -> admin.removeKey(alice.accessKey()));
    assertRefused(IdentityException.Reason.INVALID, () -> admin.removeKey("ROOTKEY"));
  }

  @Test
  void a_removed_user_takes_all_keys_along() {
    Identity first = admin.addUser("alice", "");
    Identity second = admin.addKey("alice");
    Identity third = admin.addKey("alice");
    admin.addUser("bob", "");
    assertThat(elsewhere.find(second.accessKey())).isNotNull();
    admin.removeUser("alice");
    assertThat(elsewhere.find(first.accessKey())).isNull();
    assertThat(elsewhere.find(second.accessKey())).isNull();
    assertThat(elsewhere.find(third.accessKey())).isNull();
    assertThat(admin.list()).extracting(Account::name).containsExactly("bob");
    assertRefused(IdentityException.Reason.NOT_FOUND, () -> admin.addKey("alice"));
    assertThat(admin.addUser("alice", "").accountId()).isEqualTo(first.accountId());
  }

  @Test
  void the_list_shows_every_account_with_its_keys() {
    Identity alice = admin.addUser("alice", "");
    for (String name : List.of("dora", "carol", "bob")) {
      admin.addUser(name, name + "@example.org");
    }
    assertThat(admin.list())
        .extracting(Account::name)
        .containsExactly("alice", "bob", "carol", "dora");
    assertThat(admin.list().getFirst().accessKeys()).containsExactly(alice.accessKey());
  }

  @Test
  void a_lease_outlives_an_outage_and_then_the_service_is_unavailable() {
    Identity alice = admin.addUser("alice", "");
    assertThat(elsewhere.find(alice.accessKey())).isNotNull();
    registers.down = true;
    time.nanos += SECOND;
    assertThat(elsewhere.find(alice.accessKey())).isNotNull();
    time.nanos += SECOND;
    assertThatThrownBy(() -> elsewhere.find(alice.accessKey()))
        .isInstanceOfSatisfying(
            S3Exception.class, e -> assertThat(e.error()).isEqualTo(S3Error.SERVICE_UNAVAILABLE));
  }

  @Test
  void fixed_users_come_from_a_file(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("users");
    Files.writeString(file, "# users\n\nmain = id | M. Tester | m@example.org | KEY | secret=1\n");
    assertThat(FixedIdentities.read(file))
        .containsExactly(new Identity("id", "M. Tester", "m@example.org", "KEY", "secret=1"));
    Files.writeString(file, "main = id | M. Tester\n");
    assertThatThrownBy(() -> FixedIdentities.read(file)).hasMessageContaining("line 1");
  }

  @Test
  void a_users_policy_is_for_all_its_keys_but_those_with_one_of_their_own() {
    var policies = new UserPolicies(here, registers, time, time);
    Identity first = admin.addUser("alice", "");
    Identity second = admin.addKey("alice");
    assertThat(found(first).policy()).isNull();
    policies.putOfUser("alice", document("s3:Get*"));
    policies.putOfKey(second.accessKey(), document("s3:Put*"));
    assertThat(action(found(first))).isEqualTo("s3:Get*");
    assertThat(action(found(second))).isEqualTo("s3:Put*");
    assertThat(policies.ofUser("alice")).isEqualTo(document("s3:Get*"));
    policies.putOfKey(second.accessKey(), "");
    assertThat(action(found(second))).isEqualTo("s3:Get*");
    policies.putOfUser("alice", "");
    assertThat(found(second).policy()).isNull();
  }

  @Test
  void every_node_goes_by_a_policy_when_it_is_confirmed() {
    var policies = new UserPolicies(here, registers, time, time);
    Identity alice = admin.addUser("alice", "");
    assertThat(found(alice).policy()).isNull();
    policies.putOfUser("alice", document("s3:Get*"));
    assertThat(action(found(alice))).isEqualTo("s3:Get*");
  }

  @Test
  void a_malformed_policy_and_a_policy_of_an_unknown_user_are_refused() {
    var policies = new UserPolicies(here, registers, time, time);
    admin.addUser("alice", "");
    assertRefused(
        IdentityException.Reason.INVALID, () -> policies.putOfUser("alice", "{\"Statement\": 3}"));
    assertThat(policies.ofUser("alice")).isEmpty();
    assertRefused(
        IdentityException.Reason.NOT_FOUND, () -> policies.putOfUser("bob", document("*")));
    assertRefused(
        IdentityException.Reason.NOT_FOUND, () -> policies.putOfKey("NOKEY", document("*")));
    assertRefused(IdentityException.Reason.NOT_FOUND, () -> policies.ofKey("NOKEY"));
  }

  private Identity found(Identity identity) {
    return Objects.requireNonNull(elsewhere.find(identity.accessKey()));
  }

  private static String action(Identity identity) {
    return Objects.requireNonNull(identity.policy())
        .statements()
        .getFirst()
        .actions()
        .getFirst()
        .source();
  }

  private static String document(String action) {
    return "{\"Statement\": {\"Effect\": \"Allow\", \"Action\": \"%s\", \"Resource\": \"*\"}}"
        .formatted(action);
  }

  private static void assertRefused(IdentityException.Reason reason, Runnable change) {
    assertThatThrownBy(change::run)
        .isInstanceOfSatisfying(
            IdentityException.class, e -> assertThat(e.reason()).isEqualTo(reason));
  }

  /** Time that passes only while a task waits. */
  static final class FakeTime implements Time, Tasks {
    long nanos = 5;

    @Override
    public long wallMicros() {
      return nanos / 1_000;
    }

    @Override
    public long nanos() {
      return nanos;
    }

    @Override
    public void start(String name, Runnable body) {
      throw new UnsupportedOperationException(name);
    }

    @Override
    public <T> Mailbox<T> mailbox() {
      return new Mailbox<>() {
        @Override
        public void put(T item) {
          throw new UnsupportedOperationException();
        }

        @Override
        public @Nullable T take(long deadlineNanos) {
          nanos = Math.max(nanos, deadlineNanos);
          return null;
        }
      };
    }
  }
}
