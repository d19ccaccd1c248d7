package rondo.s3.logging;

import java.util.List;
import rondo.s3.request.Operation;
import rondo.store.trace.RequestPart;

/**
 * A request that has ended, whether it was answered, refused or broken off.
 *
 * @param operation {@code UNKNOWN} when the request was refused before it was known
 * @param status of the answer; 0 when the connection ended before or while it was sent
 * @param errorCode code of the refusal; empty for a success
 * @param receivedBytes bytes of the body that were read, as they were sent
 * @param sentBytes bytes of the answer's body
 * @param times where its time went
 */
public record EndedRequest(
    Operation operation,
    int status,
    String errorCode,
    long receivedBytes,
    long sentBytes,
    Times times,
    Names names) {
  /** The code of requests whose connection the client or this node closed before the end. */
  public static final String BROKEN_OFF = "BrokenOff";

  /**
   * Who asked for what.
   *
   * @param id the request's id, as its answer names it
   * @param target method and path as they were sent, percent-encoded; empty where nothing was read
   * @param account the sender's name; empty when that isn't known
   * @param bucket that the request names; empty for none, or where that isn't known
   */
  public record Names(String id, String target, String account, String bucket) {}

  /**
   * Where the time went.
   *
   * @param startNanos when the request's head was read, of {@link System#nanoTime}
   * @param nanos from the request's head until the answer was given to the operating system
   * @param senderNanos from the request's head until its sender was known; 0 if it never was
   * @param answeredNanos from the request's head until the answer's head was ready; 0 without one
   * @param parts what was asked of each node; empty where that wasn't wanted
   * @param traceParent the client's header of that name; empty without one
   */
  public record Times(
      long startNanos,
      long nanos,
      long senderNanos,
      long answeredNanos,
      List<RequestPart> parts,
      String traceParent) {
    /** Times of a request of which only these are known. */
    public static Times of(long nanos, long answeredNanos) {
      return new Times(0, nanos, 0, answeredNanos, List.of(), "");
    }
  }

  /** From the request's head until the answer was given to the operating system. */
  public long nanos() {
    return times.nanos();
  }

  /** From the request's head until the answer's head was ready; 0 without one. */
  public long answeredNanos() {
    return times.answeredNanos();
  }

  /** The sender's name; empty when that isn't known. */
  public String account() {
    return names.account();
  }

  /** The bucket that the request names; empty for none, or where that isn't known. */
  public String bucket() {
    return names.bucket();
  }
}
