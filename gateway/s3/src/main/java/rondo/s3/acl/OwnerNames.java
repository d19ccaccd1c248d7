package rondo.s3.acl;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.Identity;
import rondo.s3.xml.Owner;

/** Looks up the names of accounts for one answer, each at most once. Used by one thread. */
public final class OwnerNames {
  private final AccountDirectory accounts;
  private final Map<String, Owner> known = new HashMap<>();

  OwnerNames(AccountDirectory accounts, @Nullable Identity caller) {
    this.accounts = accounts;
    if (caller != null) {
      known.put(caller.accountId(), Owner.of(caller));
    }
  }

  /** The account with its display name, which is empty when the account no longer exists. */
  public Owner of(String accountId) {
    return known.computeIfAbsent(
        accountId,
        id -> {
          String name = id.equals(AclWriter.ANONYMOUS) ? null : accounts.displayName(id);
          return new Owner(id, name == null ? "" : name);
        });
  }
}
