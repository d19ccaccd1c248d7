package rondo.s3.identity;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.AccessKeyRow;
import rondo.metadata.rows.AccountRow;
import rondo.ring.port.Time;
import rondo.s3.acl.AccountDirectory;
import rondo.s3.auth.AccessKeyLookup;
import rondo.s3.auth.Identity;
import rondo.s3.auth.Identity.AdminRole;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.policy.Policy;

/**
 * Finds the owner of an access key, among the fixed identities first, then in the cluster's tables.
 *
 * <p>A row that was read is trusted for a lease of two seconds, counted from before the read. So no
 * node uses a removed key longer than that after its removal reached a quorum, and {@link
 * IdentityAdmin} answers a removal only then.
 *
 * <p>A key that there isn't is remembered for {@link #UNKNOWN}: keys are made at random, so nobody
 * uses one before it is made, and a node would refuse it for so long after. Keys that don't exist
 * push no others out of memory, and only some lookups run at once. Thread-safe; bounded.
 */
public final class Identities implements AccessKeyLookup, AccountDirectory {
  static final Duration LEASE = Duration.ofSeconds(2);

  /** The time for which a key that there isn't stays unknown to a node that was asked for it. */
  static final Duration UNKNOWN = Duration.ofSeconds(10);

  private static final int MAX_REMEMBERED = 10_000;

  /** More lookups at once than a node's users need; each costs a quorum read. */
  private static final int MOST_LOOKUPS = 32;

  /** Access keys have 20 characters; AWS allows 128. */
  private static final int LONGEST_KEY = 128;

  private final Supplier<List<Identity>> fixed;
  private final IdentityRows rows;
  private final Time time;
  private final Cache<String, Lease> leases =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

  /** When keys that there aren't were looked up. */
  private final Cache<String, Long> unknown =
      Caffeine.newBuilder().maximumSize(MAX_REMEMBERED).build();

  private final Semaphore lookups = new Semaphore(MOST_LOOKUPS);

  private record Lease(Identity identity, long fromNanos, AtomicBoolean renewing) {}

  /**
   * @param fixed identities that need no cluster: the root, by each of its keys, and a test suite's
   *     users; asked for at each lookup, since root's keys change
   */
  public Identities(Supplier<List<Identity>> fixed, IdentityRegisters registers, Time time) {
    this.fixed = fixed;
    this.rows = new IdentityRows(registers);
    this.time = time;
  }

  /** The root account's identity under that key and secret. */
  public static Identity root(String accessKey, String secret) {
    return new Identity(
        IdentityRows.accountId("root"),
        "root",
        "",
        accessKey,
        secret,
        null,
        AdminRole.ADMINISTRATOR);
  }

  @Override
  public @Nullable Identity find(String accessKey) {
    for (Identity identity : fixed.get()) {
      if (identity.accessKey().equals(accessKey)) {
        return identity;
      }
    }
    Lease lease = leases.getIfPresent(accessKey);
    long now = time.nanos();
    if (lease == null) {
      return lookUp(accessKey, now);
    }
    if (now - lease.fromNanos() >= LEASE.toNanos()) {
      return renew(accessKey, now);
    }
    boolean late = now - lease.fromNanos() >= LEASE.toNanos() / 2;
    if (late && lease.renewing().compareAndSet(false, true)) {
      // One caller renews in time, so that the others need not all ask when the lease runs out.
      try {
        return renew(accessKey, now);
      } catch (S3Exception stillLeased) {
        return lease.identity();
      }
    }
    return lease.identity();
  }

  private @Nullable Identity lookUp(String accessKey, long now) {
    Long since = unknown.getIfPresent(accessKey);
    if (since != null && now - since < UNKNOWN.toNanos()) {
      return null;
    }
    if (accessKey.length() > LONGEST_KEY) {
      return null;
    }
    if (!lookups.tryAcquire()) {
      throw new S3Exception(S3Error.SLOW_DOWN);
    }
    try {
      return renew(accessKey, now);
    } finally {
      lookups.release();
    }
  }

  private @Nullable Identity renew(String accessKey, long now) {
    try {
      Identity identity = read(accessKey);
      if (identity == null) {
        leases.invalidate(accessKey);
        unknown.put(accessKey, now);
      } else {
        leases.put(accessKey, new Lease(identity, now, new AtomicBoolean()));
      }
      return identity;
    } catch (IdentityException e) {
      throw new S3Exception(
          S3Error.SERVICE_UNAVAILABLE, "The access key can't be looked up now. " + e.getMessage());
    }
  }

  private @Nullable Identity read(String accessKey) {
    AccessKeyRow key = rows.key(accessKey);
    if (key == null) {
      return null;
    }
    AccountRow account = rows.account(key.getAccount());
    return account == null || key.getCreatedMicros() < account.getCreatedMicros()
        ? null // An older key is left over from an earlier account of that name.
        : new Identity(
            key.getAccount(),
            account.getName(),
            account.getEmail(),
            accessKey,
            key.getSecret(),
            UserPolicies.parsed(key.getPolicy().isEmpty() ? account.getPolicy() : key.getPolicy()),
            role(account, key));
  }

  /** The account's role; none for a key that has a policy of its own, made for something less. */
  private static AdminRole role(AccountRow account, AccessKeyRow key) {
    AdminRole role = AdminRole.named(account.getRole());
    return role == null || !key.getPolicy().isEmpty() ? AdminRole.NONE : role;
  }

  /**
   * The account of that id or name, without an access key; null when there is none.
   *
   * @throws S3Exception ServiceUnavailable
   */
  public @Nullable Identity account(String nameOrId) {
    for (Identity identity : fixed.get()) {
      if (identity.accountId().equals(nameOrId) || identity.displayName().equals(nameOrId)) {
        return identity;
      }
    }
    try {
      for (String id : List.of(nameOrId, IdentityRows.accountId(nameOrId))) {
        AccountRow row = rows.account(id);
        if (row != null) {
          Policy policy = UserPolicies.parsed(row.getPolicy());
          return new Identity(id, row.getName(), row.getEmail(), "", "", policy);
        }
      }
      return null;
    } catch (IdentityException e) {
      throw new S3Exception(
          S3Error.SERVICE_UNAVAILABLE, "The account can't be looked up now. " + e.getMessage());
    }
  }

  /**
   * The display name of a fixed account or of one in the tables; null when the account is gone.
   *
   * @throws S3Exception ServiceUnavailable
   */
  @Override
  public @Nullable String displayName(String accountId) {
    for (Identity identity : fixed.get()) {
      if (identity.accountId().equals(accountId)) {
        return identity.displayName();
      }
    }
    try {
      AccountRow account = rows.account(accountId);
      return account == null ? null : account.getName();
    } catch (IdentityException e) {
      throw new S3Exception(
          S3Error.SERVICE_UNAVAILABLE, "The account can't be looked up now. " + e.getMessage());
    }
  }

  /** Searches the fixed identities alone: the tables have no index by address. */
  @Override
  public @Nullable String accountOfEmail(String email) {
    for (Identity identity : fixed.get()) {
      if (!email.isEmpty() && identity.email().equals(email)) {
        return identity.accountId();
      }
    }
    return null;
  }

  boolean isFixed(String accessKeyOrAccountId) {
    return fixed.get().stream()
        .anyMatch(identity ->
            identity.accessKey().equals(accessKeyOrAccountId)
                || identity.accountId().equals(accessKeyOrAccountId));
  }

  /** Ends this node's own lease of a key at once. */
  void forget(String accessKey) {
    leases.invalidate(accessKey);
    unknown.invalidate(accessKey);
  }
}
