package rondo.server.bench;

/** The benchmark can't go on: its message is for a person. */
public final class BenchException extends RuntimeException {
  BenchException(String message) {
    super(message);
  }
}
