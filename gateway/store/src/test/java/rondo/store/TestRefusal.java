package rondo.store;

import rondo.store.row.RefusalException;

/** The refusal of a test's own condition. */
public final class TestRefusal extends RefusalException {
  private static final long serialVersionUID = 1;

  public TestRefusal() {
    super("the test refuses");
  }

  @Override
  public boolean isFault() {
    return false;
  }
}
