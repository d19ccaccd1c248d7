package rondo.storage.extent;

/**
 * What opening folders found.
 *
 * @param extents that can be read
 * @param rebuilt of those, the ones whose index was made anew from their records
 * @param setAside files that are no extents any more, renamed to end in {@code .damaged}
 * @param damagedMarks of dropped chunks, which may be back
 */
public record Recovered(int extents, int rebuilt, int setAside, long damagedMarks) {
  Recovered plus(Recovered other) {
    return new Recovered(
        extents + other.extents,
        rebuilt + other.rebuilt,
        setAside + other.setAside,
        damagedMarks + other.damagedMarks);
  }
}
