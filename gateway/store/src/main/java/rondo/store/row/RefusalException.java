package rondo.store.row;

import rondo.store.object.WriteCondition;

/**
 * Ends work that is refused: by the store ({@link StoreException}), or by a {@link WriteCondition}
 * of the store's caller, whose own exceptions pass through the store unread. Carries no stack
 * trace: it is an answer, not a defect.
 */
public abstract class RefusalException extends RuntimeException {
  private static final long serialVersionUID = 1;

  protected RefusalException(String message) {
    super(message, null, false, false);
  }

  /** Whether the service can't do what was asked; otherwise it is the asker who is refused. */
  public abstract boolean isFault();

  /** Whether it was perhaps done all the same. */
  public boolean isUnknown() {
    return false;
  }
}
