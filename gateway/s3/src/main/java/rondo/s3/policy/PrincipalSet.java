package rondo.s3.policy;

import java.util.List;

/**
 * The principals of a statement.
 *
 * @param not whether the set holds all principals but the members (NotPrincipal)
 */
public record PrincipalSet(boolean not, List<Principal> members) {
  /** The principals of a policy that is attached to its own principal. */
  static final PrincipalSet ALL = new PrincipalSet(false, List.of(new Principal.Everyone()));

  boolean cover(Requester requester) {
    return members.stream().anyMatch(member -> member.covers(requester)) != not;
  }

  /**
   * Whether the set covers the requester itself, and not by its account alone. A named account
   * decides itself which of its keys may act.
   */
  boolean coverDirectly(Requester requester) {
    return cover(requester)
        && (not
            || members.stream()
                .anyMatch(
                    member -> !(member instanceof Principal.Account) && member.covers(requester)));
  }
}
