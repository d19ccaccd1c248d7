package rondo.store.row;

import rondo.store.object.WriteCondition;

/**
 * Ends refused work. Either the store refuses ({@link StoreException}), or a {@link WriteCondition}
 * of the store's caller does; the caller's own exceptions pass through the store. Has no stack
 * trace: a refusal is an answer, not a defect.
 */
public abstract class RefusalException extends RuntimeException {
  private static final long serialVersionUID = 1;

  protected RefusalException(String message) {
    super(message, null, false, false);
  }

  /** Whether the service is at fault; false when the request is. */
  public abstract boolean isFault();

  /** Whether the work may have been done all the same. */
  public boolean isUnknown() {
    return false;
  }
}
