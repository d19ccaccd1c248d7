package rondo.storage.orphan;

import java.util.List;

/**
 * The evidence on whether a blob is an orphan.
 *
 * @param ageMicros microseconds since its chunk was written
 * @param owner whether the rows that it was written for name it
 * @param sharers the references to it; empty when there are none
 * @param allSharers whether these are certainly all references
 */
record OrphanEvidence(
    long ageMicros, BlobReference owner, List<Sharer> sharers, boolean allSharers) {
  /**
   * A reference to the blob.
   *
   * @param ageMicros microseconds since the reference was written; a copy writes its row after it
   * @param row whether the row that the reference stands for names the blob
   */
  record Sharer(long ageMicros, BlobReference row) {}

  /**
   * Whether no row names the blob and none can any more: the blob is older than the grace, the rows
   * of its owner and of all sharers are known not to name it, and no copy is under way.
   */
  boolean isOrphan(long graceMicros) {
    return ageMicros >= graceMicros
        && owner == BlobReference.NAMES_NOT
        && allSharers
        && sharers.stream()
            .allMatch(
                sharer -> sharer.row == BlobReference.NAMES_NOT && sharer.ageMicros >= graceMicros);
  }
}
