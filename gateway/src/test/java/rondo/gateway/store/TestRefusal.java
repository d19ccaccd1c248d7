package rondo.gateway.store;

/** Refused by a test's own condition. */
final class TestRefusal extends RefusalException {
  private static final long serialVersionUID = 1;

  TestRefusal() {
    super("the test refuses");
  }

  @Override
  public boolean isFault() {
    return false;
  }
}
