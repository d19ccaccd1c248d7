package rondo.server.console;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The sign-in of a person by an access key.
 *
 * @param accessKey by which its rights are looked up anew at each request
 * @param secretSha256 of the key's secret: a key that was made again under its name is another one
 * @param proof the word that only the console's own pages know, against forged requests
 * @param beganNanos when it began, by the monotonic clock
 * @param usedNanos when a person last used it
 */
record ConsoleSession(
    String accessKey, String secretSha256, String proof, long beganNanos, AtomicLong usedNanos) {
  /** Leaves out what must not end in a log. */
  @Override
  public String toString() {
    return "ConsoleSession[" + accessKey + "]";
  }
}
