package rondo.s3.policy;

/** Who asks. */
public sealed interface Requester {
  /** Nobody that is known. */
  record Anonymous() implements Requester {}

  /**
   * Somebody with a key of an account.
   *
   * @param account its id
   * @param name its name
   * @param accessKey the key
   * @param limited whether a policy says what the key may do; else it may do all that the account
   *     may
   */
  record Signed(String account, String name, String accessKey, boolean limited)
      implements Requester {}

  /**
   * A part of the service itself.
   *
   * @param name such as {@code logging.s3.amazonaws.com}
   */
  record Service(String name) implements Requester {}
}
