package rondo.s3.identity;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import rondo.metadata.rows.AccessKeyRow;
import rondo.metadata.rows.AccountRow;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.s3.auth.Identity;
import rondo.s3.auth.Identity.AdminRole;

/**
 * Changes accounts and keys. Every method throws {@link IdentityException}. A removal returns when
 * no node uses the removed account or key any more, and so takes two seconds. Thread-safe, on any
 * node.
 */
public final class IdentityAdmin {
  /** More than rotation needs; each is a row that every listing of users reads. */
  static final int MOST_KEYS = 100;

  private static final String NAME = "[A-Za-z0-9+=,.@_-]{1,64}";

  private final Identities identities;
  private final IdentityRows rows;
  private final Tasks tasks;
  private final Time time;

  public IdentityAdmin(Identities identities, IdentityRegisters registers, Tasks tasks, Time time) {
    this.identities = identities;
    this.rows = new IdentityRows(registers);
    this.tasks = tasks;
    this.time = time;
  }

  /**
   * Adds an account with a first key.
   *
   * @param name 1 to 64 of letters, digits and {@code +=,.@_-}
   * @param email empty for none
   */
  public Identity addUser(String name, String email) {
    if (!name.matches(NAME) || email.length() > 256) {
      throw new IdentityException(
          IdentityException.Reason.INVALID, "a user's name has 1 to 64 of A-Z a-z 0-9 +=,.@_-");
    }
    String id = IdentityRows.accountId(name);
    AccountRow row =
        AccountRow.newBuilder()
            .setName(name)
            .setEmail(email)
            .setCreatedMicros(time.wallMicros())
            .build();
    if (identities.isFixed(id) || !rows.add(id, row)) {
      throw new IdentityException(
          IdentityException.Reason.EXISTS, "there is a user " + name + " already");
    }
    return addKey(name);
  }

  /** Every account of the cluster's tables, sorted by name. */
  public List<Account> list() {
    Map<String, List<String>> keys = new TreeMap<>();
    for (IdentityRows.Row<AccessKeyRow> key : rows.keys()) {
      keys.computeIfAbsent(key.value().getAccount(), id -> new ArrayList<>()).add(key.id());
    }
    var accounts = new TreeMap<String, Account>();
    for (IdentityRows.Row<AccountRow> row : rows.accounts()) {
      AccountRow account = row.value();
      accounts.put(
          account.getName(),
          new Account(
              row.id(),
              account.getName(),
              account.getEmail(),
              account.getCreatedMicros(),
              account.getRole(),
              List.copyOf(keys.getOrDefault(row.id(), List.of()))));
    }
    return List.copyOf(accounts.values());
  }

  /** Removes an account and its keys. Its buckets and objects stay, owned by its id. */
  public void removeUser(String name) {
    String id = IdentityRows.accountId(name);
    requireAccount(name);
    // The account goes first: without it no key counts, and addKey reads it again after its write.
    // A key that a crash leaves behind is older than any later account of that name.
    rows.removeAccount(id);
    for (IdentityRows.Row<AccessKeyRow> key : rows.keys()) {
      if (key.value().getAccount().equals(id)) {
        rows.removeKey(key.id());
        identities.forget(key.id());
      }
    }
    waitForLeases();
  }

  /** Adds one more key to an account. */
  public Identity addKey(String name) {
    AccountRow account = requireAccount(name);
    String id = IdentityRows.accountId(name);
    if (rows.keys().stream().filter(row -> row.value().getAccount().equals(id)).count()
        >= MOST_KEYS) {
      throw new IdentityException(
          IdentityException.Reason.INVALID, "a user has at most " + MOST_KEYS + " keys");
    }
    NewAccessKey key = NewAccessKey.random();
    AccessKeyRow row =
        AccessKeyRow.newBuilder()
            .setAccount(id)
            .setSecret(key.secret())
            .setCreatedMicros(Math.max(time.wallMicros(), account.getCreatedMicros()))
            .build();
    if (!rows.add(key.accessKey(), row)) {
      throw new IdentityException(IdentityException.Reason.EXISTS, "that key is taken: try again");
    }
    if (rows.account(id) == null) {
      rows.removeKey(key.accessKey());
      throw notFound("user " + name);
    }
    identities.forget(key.accessKey());
    return new Identity(id, name, account.getEmail(), key.accessKey(), key.secret());
  }

  /** Gives an account a role in the admin API; returns when every node goes by it. */
  public void setRole(String name, AdminRole role) {
    String id = IdentityRows.accountId(name);
    if (!rows.changeAccount(id, row -> row.toBuilder().setRole(role.word()).build())) {
      throw notFound("user " + name);
    }
    for (IdentityRows.Row<AccessKeyRow> key : rows.keys()) {
      if (key.value().getAccount().equals(id)) {
        identities.forget(key.id());
      }
    }
    waitForLeases();
  }

  public void removeKey(String accessKey) {
    if (identities.isFixed(accessKey)) {
      throw new IdentityException(
          IdentityException.Reason.INVALID, "this key comes from the configuration");
    }
    if (rows.key(accessKey) == null) {
      throw notFound("key " + accessKey);
    }
    rows.removeKey(accessKey);
    identities.forget(accessKey);
    waitForLeases();
  }

  private AccountRow requireAccount(String name) {
    AccountRow account = rows.account(IdentityRows.accountId(name));
    if (account == null) {
      throw notFound("user " + name);
    }
    return account;
  }

  private static IdentityException notFound(String what) {
    return new IdentityException(IdentityException.Reason.NOT_FOUND, "there is no " + what);
  }

  /** Waits for a lease: no node trusts a row that it read before the removal for longer. */
  private void waitForLeases() {
    Mailbox<Boolean> nothing = tasks.mailbox();
    nothing.take(time.nanos() + Identities.LEASE.toNanos());
  }
}
