package rondo.gateway.bench;

/** One request failed: its message is counted and shown, so it has no address or id in it. */
final class RequestException extends RuntimeException {
  RequestException(String message) {
    super(message, null, false, false);
  }
}
