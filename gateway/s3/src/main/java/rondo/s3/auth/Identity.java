package rondo.s3.auth;

import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import rondo.s3.policy.Policy;

/**
 * An account and one of its access keys.
 *
 * @param accountId the canonical user id, which S3 shows as an owner's ID
 * @param displayName which S3 shows as an owner's DisplayName
 * @param email empty when the account has none
 * @param policy of the key; null when the key may do all that its account may
 * @param role of the key in the admin API
 */
public record Identity(
    String accountId,
    String displayName,
    String email,
    String accessKey,
    String secret,
    @Nullable Policy policy,
    AdminRole role) {
  /** What an identity may do in the admin API. */
  public enum AdminRole {
    NONE,
    /** Reads the state of nodes, and nothing about accounts or objects. */
    OPERATOR,
    /** Does everything. */
    ADMINISTRATOR;

    /** The word in rows, requests and answers; empty for {@link #NONE}. */
    public String word() {
      return this == NONE ? "" : name().toLowerCase(Locale.ROOT);
    }

    /** The role of that word; null when there is none. */
    public static @Nullable AdminRole named(String word) {
      return Arrays.stream(values())
          .filter(role -> role.word().equals(word))
          .findFirst()
          .orElse(null);
    }
  }

  /** An identity without a role. */
  public Identity(
      String accountId,
      String displayName,
      String email,
      String accessKey,
      String secret,
      @Nullable Policy policy) {
    this(accountId, displayName, email, accessKey, secret, policy, AdminRole.NONE);
  }

  /** An identity whose key may do all that its account may, without a role. */
  public Identity(
      String accountId, String displayName, String email, String accessKey, String secret) {
    this(accountId, displayName, email, accessKey, secret, null);
  }

  /** Leaves the secret out: it must not end in a log. */
  @Override
  public String toString() {
    return "Identity[" + accountId + ", " + displayName + ", " + accessKey + "]";
  }
}
