package rondo.store.chunk;

import java.util.Arrays;

/** A node can't do what it was asked to do with its chunks. */
public final class ChunkException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why a node can't. The codes travel between nodes and are never reused. */
  public enum Reason {
    /** There is no such chunk. */
    ABSENT(1),
    /** The chunk is not as it was written. */
    CORRUPT(2),
    /** The disks take no more. */
    FULL(3),
    /** The disk failed. */
    FAILED(4),
    /** The request makes no sense. */
    MALFORMED(5),
    /** The node didn't answer, or not in time: the outcome isn't known. */
    UNREACHABLE(6),
    /** Other nodes own the chunk now, or the node is in another epoch. */
    STALE(7);

    private final int code;

    Reason(int code) {
      this.code = code;
    }

    /** The code on the wire, positive. */
    int code() {
      return code;
    }

    /** The reason with this code; {@link #FAILED} for a code that this version doesn't know. */
    static Reason of(int code) {
      return Arrays.stream(values()).filter(reason -> reason.code == code).findAny().orElse(FAILED);
    }
  }

  private final Reason reason;

  public ChunkException(Reason reason, String message) {
    super(reason + ": " + message);
    this.reason = reason;
  }

  /** Why the node can't. */
  public Reason reason() {
    return reason;
  }
}
