package rondo.storage.chunk;

/**
 * The findings of opening a store's folders.
 *
 * @param extents how many can be read
 * @param rebuilt how many of those had their index rebuilt from their records
 * @param setAside how many files were no extents any more, and were renamed to end in {@code
 *     .damaged}
 * @param damagedMarks how many marks of dropped chunks can't be read; their chunks may be back
 */
public record RecoveryFindings(int extents, int rebuilt, int setAside, long damagedMarks) {
  /** Returns the sum of both. */
  public RecoveryFindings plus(RecoveryFindings other) {
    return new RecoveryFindings(
        extents + other.extents,
        rebuilt + other.rebuilt,
        setAside + other.setAside,
        damagedMarks + other.damagedMarks);
  }
}
