package rondo.s3.acl;

import org.jspecify.annotations.Nullable;

/** The accounts that grants may name. Thread-safe; may wait for the cluster. */
public interface AccountDirectory {
  /**
   * What the account is shown as; null when there is none.
   *
   * @throws rondo.s3.error.S3Exception ServiceUnavailable when it can't be known now
   */
  @Nullable String displayName(String accountId);

  /** The account of that address, by its id; null when there is none that is known by one. */
  @Nullable String accountOfEmail(String email);
}
