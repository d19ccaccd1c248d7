package rondo.s3.request;

/**
 * Collects facts about a request while it is answered, for its line in the access log and for the
 * head of its answer. Thread-safe.
 */
public final class RequestNotes {
  private volatile boolean aclRequired;
  private volatile boolean charged;

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
}
