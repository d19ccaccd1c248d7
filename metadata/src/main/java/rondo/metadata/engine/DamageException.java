package rondo.metadata.engine;

/** A file holds other bytes than were written to it, or they can't be read, or it is missing. */
final class DamageException extends EngineException {
  private static final long serialVersionUID = 1;

  DamageException(String message, Throwable cause) {
    super(message, cause);
  }

  DamageException(String message) {
    super(message);
  }
}
