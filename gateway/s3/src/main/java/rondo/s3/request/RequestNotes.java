package rondo.s3.request;

/**
 * What is found out about a request while it is answered, for its line in the access log and for
 * the head of its answer. Thread-safe.
 */
public final class RequestNotes {
  private volatile boolean aclRequired;
  private volatile boolean charged;

  /** Nothing but a grant of an ACL let it in. */
  public void requiresAcl() {
    aclRequired = true;
  }

  public boolean aclRequired() {
    return aclRequired;
  }

  /** Whoever asked has agreed to pay for it. */
  public void charges() {
    charged = true;
  }

  public boolean charged() {
    return charged;
  }
}
