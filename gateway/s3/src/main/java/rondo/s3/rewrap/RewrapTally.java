package rondo.s3.rewrap;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import rondo.s3.encryption.KeyVersion;

/** Counts what a walk has found and done. Thread-safe. */
final class RewrapTally {
  /** The most reasons that are told apart: some name a key, and keys' names come from clients. */
  private static final int MOST_PROBLEMS = 50;

  private final Map<KeyVersion, Long> rows = new TreeMap<>();
  private final Map<String, RewrapView.Problem> problems = new TreeMap<>();
  private long read;
  private long older;
  private long olderHeads;
  private long resealed;
  private boolean complete = true;

  /** Counts one row of any kind. */
  synchronized void read() {
    read++;
  }

  /**
   * Counts a row with sealed keys or secrets.
   *
   * @param newest whether all keys that it names are the newest ones
   */
  synchronized void sealed(SealedRow row, boolean newest) {
    if (row.head()) {
      olderHeads += newest ? 0 : 1;
      return;
    }
    row.named().stream().distinct().forEach(key -> rows.merge(key, 1L, Long::sum));
    older += newest ? 0 : 1;
  }

  synchronized void resealed() {
    resealed++;
  }

  /** Notes that a row stays under an older key. */
  synchronized void failed(String place, String reason) {
    problem(place, reason);
  }

  /** Notes that rows couldn't be read, so that no count of this walk is whole. */
  synchronized void unread(String place, String reason) {
    complete = false;
    problem(place, reason);
  }

  private void problem(String place, String reason) {
    RewrapView.Problem known = problems.get(reason);
    if (known != null) {
      problems.put(reason, new RewrapView.Problem(reason, known.rows() + 1, known.first()));
    } else if (problems.size() < MOST_PROBLEMS) {
      problems.put(reason, new RewrapView.Problem(reason, 1, place));
    }
  }

  synchronized long rowsRead() {
    return read;
  }

  synchronized long rowsResealed() {
    return resealed;
  }

  /**
   * Rows that named an older key when the walk came to them. A current version and its own row are
   * one, as they never differ.
   */
  synchronized long rowsUnderOlder() {
    return Math.max(older, olderHeads);
  }

  synchronized boolean isComplete() {
    return complete;
  }

  synchronized Map<KeyVersion, Long> rowsByKey() {
    return new TreeMap<>(rows);
  }

  synchronized List<RewrapView.Problem> problems() {
    return new ArrayList<>(problems.values());
  }
}
