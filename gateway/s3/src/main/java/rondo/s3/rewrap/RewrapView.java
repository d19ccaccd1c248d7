package rondo.s3.rewrap;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * How far the work has come.
 *
 * @param phase NONE before the first time
 * @param walk the numbers of the walks, beside the other fields in JSON
 * @param keys by name, the newest of each first, as the last walk that ended counted
 * @param rowsLeft rows that name a key which isn't the newest; -1 when no count has ended since
 *     rows were resealed, or it couldn't read all rows
 * @param problems what couldn't be done, by reason
 */
public record RewrapView(
    Phase phase,
    @JsonUnwrapped WalkNumbers walk,
    List<KeyUse> keys,
    long rowsLeft,
    List<Problem> problems) {
  /** What is being done. */
  public enum Phase {
    NONE,
    /** The rows under each key are being counted. */
    COUNTING,
    RESEALING,
    /** They are counted once more. */
    CHECKING,
    DONE,
    STOPPED,
    /** A defect ended the work: the node's log has it. */
    FAILED;

    public boolean isRunning() {
      return this == COUNTING || this == RESEALING || this == CHECKING;
    }
  }

  /**
   * The walks over the rows.
   *
   * @param rowsRead by the present walk
   * @param rowsUnderOlder as the first walk counted them
   * @param remainingSeconds -1 when it isn't known
   */
  public record WalkNumbers(
      long rowsRead, long rowsUnderOlder, long rowsResealed, long remainingSeconds) {}

  /**
   * A version of a master key.
   *
   * @param standing its place among those of its name: newest, older, or missing here
   * @param rows that name it
   */
  public record KeyUse(String name, String version, String standing, long rows) {}

  /**
   * What couldn't be done for one reason.
   *
   * @param first the first row that it happened to
   */
  public record Problem(String reason, long rows, String first) {}
}
