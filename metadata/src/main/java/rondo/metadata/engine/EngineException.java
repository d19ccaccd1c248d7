package rondo.metadata.engine;

/**
 * The engine can't do this: its disk failed or is full, or a file is damaged or of a newer format.
 */
public sealed class EngineException extends RuntimeException permits DamageException {
  private static final long serialVersionUID = 1;

  public EngineException(String message, Throwable cause) {
    super(message, cause);
  }

  public EngineException(String message) {
    super(message);
  }
}
