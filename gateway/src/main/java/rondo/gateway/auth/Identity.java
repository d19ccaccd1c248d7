package rondo.gateway.auth;

/**
 * An account and one of its keys.
 *
 * @param accountId the canonical user id, which S3 shows as an owner's ID
 * @param displayName which S3 shows as an owner's DisplayName
 * @param email empty when the account has none
 */
public record Identity(
    String accountId, String displayName, String email, String accessKey, String secret) {
  /** Leaves the secret out: it must not end in a log. */
  @Override
  public String toString() {
    return "Identity[" + accountId + ", " + displayName + ", " + accessKey + "]";
  }
}
