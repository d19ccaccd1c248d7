package rondo.s3.request;

/**
 * Collects facts about a request while it is answered, for its line in the access log and for the
 * head of its answer. Thread-safe.
 */
public final class RequestNotes {
  private volatile boolean aclRequired;
  private volatile boolean charged;
  private volatile String rule = "";
  private volatile String statement = "";
  private volatile boolean denied;

  /** Notes that only a grant of an ACL allowed the request. */
  public void requiresAcl() {
    aclRequired = true;
  }

  public boolean aclRequired() {
    return aclRequired;
  }

  /** Notes that the requester has agreed to pay for the request. */
  public void charges() {
    charged = true;
  }

  public boolean charged() {
    return charged;
  }

  /**
   * Notes a decision about the request. The first one counts, and a refusal before any other.
   *
   * @param by the rule that decided, in words
   * @param named the policy statement that decided; empty when none did
   */
  public void decided(boolean allowed, String by, String named) {
    if (rule.isEmpty() || (!allowed && !denied)) {
      rule = by;
      statement = named;
      denied = !allowed;
    }
  }

  /** The rule that allowed or refused the request, in words; empty where none was asked. */
  public String decision() {
    String by = rule;
    String named = statement;
    return named.isEmpty() ? by : by + ", statement " + named;
  }
}
