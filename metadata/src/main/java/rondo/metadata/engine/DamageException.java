package rondo.metadata.engine;

/** A file is missing, can't be read, or holds other bytes than were written to it. */
public final class DamageException extends EngineException {
  private static final long serialVersionUID = 1;

  public DamageException(String message, Throwable cause) {
    super(message, cause);
  }

  public DamageException(String message) {
    super(message);
  }
}
