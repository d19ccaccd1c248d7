package rondo.s3.policy;

import java.util.List;

/**
 * Whom a statement is about, or whom not.
 *
 * @param not whether it is about all others
 */
public record PrincipalSet(boolean not, List<Principal> members) {
  /** Those of a policy that is attached to whom it is about. */
  static final PrincipalSet ALL = new PrincipalSet(false, List.of(new Principal.Everyone()));

  boolean cover(Requester requester) {
    return members.stream().anyMatch(member -> member.covers(requester)) != not;
  }

  /**
   * Whether the requester is meant by itself, not by its account alone, which would leave to the
   * account whom of its own it lets.
   */
  boolean coverDirectly(Requester requester) {
    return cover(requester)
        && (not
            || members.stream()
                .anyMatch(
                    member -> !(member instanceof Principal.Account) && member.covers(requester)));
  }
}
