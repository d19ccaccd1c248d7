package rondo.metadata.engine;

/**
 * The engine can't do what was asked, because its disk failed, is full, or holds what it can't
 * read.
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
