package rondo.gateway.s3.acl;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.gateway.auth.Identity;
import rondo.gateway.s3.xml.Owner;

/** Names accounts in one answer, each looked up at most once. Used by one thread. */
public final class Owners {
  private final Accounts accounts;
  private final Map<String, Owner> known = new HashMap<>();

  Owners(Accounts accounts, @Nullable Identity caller) {
    this.accounts = accounts;
    if (caller != null) {
      known.put(caller.accountId(), Owner.of(caller));
    }
  }

  /** The account; without a name when it is gone. */
  public Owner of(String accountId) {
    return known.computeIfAbsent(
        accountId,
        id -> {
          String name = id.equals(Acls.ANONYMOUS) ? null : accounts.displayName(id);
          return new Owner(id, name == null ? "" : name);
        });
  }
}
