package rondo.ring.placement;

/** This node may not coordinate requests now: it is no member, or must take part no more. */
public final class NotServingException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message the reason, for operators and clients
   */
  public NotServingException(String message) {
    super(message);
  }
}
