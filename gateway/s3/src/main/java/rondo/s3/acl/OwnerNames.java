package rondo.s3.acl;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Grant;
import rondo.s3.auth.Identity;
import rondo.s3.error.Difference;
import rondo.s3.xml.Owner;

/** Looks up the names of accounts for one answer, each at most once. Used by one thread. */
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

  /** Grants as they are told: those of accounts first. Older tools expect those of groups first. */
  List<Grant> inOrder(List<Grant> grants) {
    boolean groupsFirst = Difference.ORDER_OF_GRANTS.in(compat);
    return grants.stream()
        .sorted(Comparator.comparing(it -> (it.getKind() == Grant.Kind.GROUP) != groupsFirst))
        .toList();
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
