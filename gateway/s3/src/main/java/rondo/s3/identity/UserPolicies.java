package rondo.s3.identity;

import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.metadata.rows.AccessKeyRow;
import rondo.metadata.rows.AccountRow;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.s3.policy.Policy;
import rondo.s3.policy.PolicyException;
import rondo.s3.policy.PolicyReader;

/**
 * The policies of users. An account's policy holds for all its keys; a key's own policy replaces
 * its account's. A key without a policy may do all that its account may. Every public method throws
 * {@link IdentityException}; a change returns when every node applies it, after two seconds.
 * Thread-safe.
 */
public final class UserPolicies {
  private static final Logger log = LoggerFactory.getLogger(UserPolicies.class);

  /** Allows nothing. */
  private static final Policy NOTHING = new Policy(List.of());

  private final Identities identities;
  private final IdentityRows rows;
  private final Tasks tasks;
  private final Time time;

  public UserPolicies(Identities identities, IdentityRegisters registers, Tasks tasks, Time time) {
    this.identities = identities;
    this.rows = new IdentityRows(registers);
    this.tasks = tasks;
    this.time = time;
  }

  /** The policy of a document; null for an empty one. An unreadable document allows nothing. */
  static @Nullable Policy parsed(String document) {
    if (document.isEmpty()) {
      return null;
    }
    try {
      return PolicyReader.ofIdentity().read(document);
    } catch (PolicyException unreadable) {
      log.error("a user's policy can't be read, so it allows nothing: {}", unreadable.message());
      return NOTHING;
    }
  }

  /** The account's policy document, as it was put; empty for none. */
  public String ofUser(String name) {
    AccountRow row = rows.account(IdentityRows.accountId(name));
    if (row == null) {
      throw notFound("user " + name);
    }
    return row.getPolicy();
  }

  /** The key's own policy document, as it was put; empty for none. */
  public String ofKey(String accessKey) {
    AccessKeyRow row = rows.key(accessKey);
    if (row == null) {
      throw notFound("key " + accessKey);
    }
    return row.getPolicy();
  }

  /**
   * Puts an account's policy.
   *
   * @param document empty to remove it
   */
  public void putOfUser(String name, String document) {
    check(document);
    String id = IdentityRows.accountId(name);
    if (!rows.changeAccount(id, row -> row.toBuilder().setPolicy(document).build())) {
      throw notFound("user " + name);
    }
    for (IdentityRows.Row<AccessKeyRow> key : rows.keys()) {
      if (key.value().getAccount().equals(id)) {
        identities.forget(key.id());
      }
    }
    waitForLeases();
  }

  /**
   * Puts a key's own policy.
   *
   * @param document empty to remove it
   */
  public void putOfKey(String accessKey, String document) {
    check(document);
    if (!rows.changeKey(accessKey, row -> row.toBuilder().setPolicy(document).build())) {
      throw notFound("key " + accessKey);
    }
    identities.forget(accessKey);
    waitForLeases();
  }

  private static void check(String document) {
    try {
      if (!document.isEmpty()) {
        PolicyReader.ofIdentity().read(document);
      }
    } catch (PolicyException malformed) {
      throw new IdentityException(IdentityException.Reason.INVALID, malformed.message());
    }
  }

  private static IdentityException notFound(String what) {
    return new IdentityException(IdentityException.Reason.NOT_FOUND, "there is no " + what);
  }

  /** Waits for a lease: no node trusts a row that it read before the change for longer. */
  private void waitForLeases() {
    Mailbox<Boolean> nothing = tasks.mailbox();
    nothing.take(time.nanos() + Identities.LEASE.toNanos());
  }
}
