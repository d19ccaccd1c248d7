package rondo.metadata.engine;

/** A file holds other bytes than were written to it, or they can't be read, or it is missing. */
public final class DamageException extends EngineException {
  private static final long serialVersionUID = 1;

  public DamageException(String message, Throwable cause) {
    super(message, cause);
  }

  public DamageException(String message) {
    super(message);
  }
}
