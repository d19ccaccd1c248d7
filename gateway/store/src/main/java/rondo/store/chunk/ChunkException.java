package rondo.store.chunk;

import java.util.Arrays;

/** A node can't do what was asked of its chunks. */
public final class ChunkException extends RuntimeException {
  private static final long serialVersionUID = 1;

  /** Why not; the codes travel between nodes and are never used anew. */
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
    /** Others own the chunk by now, or the node is in another epoch. */
    STALE(7);

    private final int code;

    Reason(int code) {
      this.code = code;
    }

    /** Positive. */
    int code() {
      return code;
    }

    /** The reason of this code; {@link #FAILED} for one that this version doesn't know. */
    static Reason of(int code) {
      return Arrays.stream(values()).filter(reason -> reason.code == code).findAny().orElse(FAILED);
    }
  }

  private final Reason reason;

  public ChunkException(Reason reason, String message) {
    super(reason + ": " + message);
    this.reason = reason;
  }

  public Reason reason() {
    return reason;
  }
}
