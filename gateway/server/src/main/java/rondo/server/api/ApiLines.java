package rondo.server.api;

/** Takes the lines of an answer that comes bit by bit, each a JSON value. Used by one thread. */
@FunctionalInterface
public interface ApiLines {
  /** An answer's lines: gives them until it returns. */
  @FunctionalInterface
  interface Source {
    void give(ApiLines to) throws InterruptedException;
  }

  /**
   * Sends a line, and waits while the client takes none.
   *
   * @param line without its end
   * @return false when the client is gone: no further line is wanted
   */
  boolean send(String line) throws InterruptedException;
}
