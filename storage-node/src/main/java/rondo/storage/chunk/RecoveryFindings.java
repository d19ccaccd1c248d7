package rondo.storage.chunk;

/**
 * What opening folders found.
 *
 * @param extents that can be read
 * @param rebuilt of those, the ones whose index was made anew from their records
 * @param setAside files that are no extents any more, renamed to end in {@code .damaged}
 * @param damagedMarks of dropped chunks, which may be back
 */
public record RecoveryFindings(int extents, int rebuilt, int setAside, long damagedMarks) {
  public RecoveryFindings plus(RecoveryFindings other) {
    return new RecoveryFindings(
        extents + other.extents,
        rebuilt + other.rebuilt,
        setAside + other.setAside,
        damagedMarks + other.damagedMarks);
  }
}
