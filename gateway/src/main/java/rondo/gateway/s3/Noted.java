package rondo.gateway.s3;

/**
 * What is found out about a request while it is answered, for its line in the access log.
 * Thread-safe.
 */
public final class Noted {
  private volatile boolean aclRequired;

  /** Nothing but a grant of an ACL let it in. */
  public void requiresAcl() {
    aclRequired = true;
  }

  public boolean aclRequired() {
    return aclRequired;
  }
}
