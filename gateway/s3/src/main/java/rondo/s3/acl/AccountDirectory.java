package rondo.s3.acl;

import org.jspecify.annotations.Nullable;

/** The accounts that grants may name. Thread-safe; may wait for the cluster. */
public interface AccountDirectory {
  /**
   * The display name of an account; null when there is no such account.
   *
   * @throws rondo.s3.error.S3Exception ServiceUnavailable when it can't be known now
   */
  @Nullable String displayName(String accountId);

  /** The id of the account with that e-mail address; null when no account is known by it. */
  @Nullable String accountOfEmail(String email);
}
