package rondo.s3.policy;

/** The sender of a request, as policies see it. */
public sealed interface Requester {
  /** The sender of an unsigned request. */
  record Anonymous() implements Requester {
    /** The value of {@code aws:userid} in such a request. */
    public static final String USER_ID = "anonymous";
  }

  /**
   * The holder of an account's access key.
   *
   * @param account the account's id
   * @param name the account's name
   * @param accessKey the key's id
   * @param limited whether a policy limits the key; without one it may do all that its account may
   */
  record Signed(String account, String name, String accessKey, boolean limited)
      implements Requester {}

  /**
   * A service, which acts for itself and not for an account.
   *
   * @param name such as {@code logging.s3.amazonaws.com}
   */
  record Service(String name) implements Requester {}
}
