package rondo.s3.http;

/** The client closed its connection or let it stall, so no answer can reach it. */
final class ClientGoneException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ClientGoneException(String message) {
    super(message, null, false, false);
  }
}
