package rondo.s3.acl;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.Identity;
import rondo.s3.error.Difference;
import rondo.s3.xml.Owner;

/** Names accounts in one answer, each looked up at most once. Used by one thread. */
public final class OwnerNames {
  private final AccountDirectory accounts;
  private final boolean compat;
  private final Map<String, Owner> known = new HashMap<>();

  OwnerNames(AccountDirectory accounts, boolean compat, @Nullable Identity caller) {
    this.accounts = accounts;
    this.compat = compat;
    if (caller != null) {
      known.put(caller.accountId(), new Owner(caller.accountId(), caller.displayName()));
    }
  }

  /** The account as an owner or a grantee. */
  public Owner of(String accountId) {
    return Difference.OWNER_NAMES.in(compat) ? named(accountId) : new Owner(accountId, null);
  }

  /** The account that began an upload: its name is told, and empty when it is gone. */
  public Owner named(String accountId) {
    return known.computeIfAbsent(
        accountId,
        id -> {
          String name = id.equals(AclWriter.ANONYMOUS) ? null : accounts.displayName(id);
          return new Owner(id, name == null ? "" : name);
        });
  }
}
