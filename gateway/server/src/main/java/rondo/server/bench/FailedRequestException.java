package rondo.server.bench;

/** One request failed: its message is counted and shown, so it has no address or id in it. */
final class FailedRequestException extends RuntimeException {
  FailedRequestException(String message) {
    super(message, null, false, false);
  }
}
