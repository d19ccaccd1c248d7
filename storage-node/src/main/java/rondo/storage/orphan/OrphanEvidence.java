package rondo.storage.orphan;

import java.util.List;

/**
 * What is known about a blob.
 *
 * @param ageMicros since its chunk was written
 * @param owner what the rows say that it was written for
 * @param sharers those that have a reference to it; empty when there are none
 * @param allSharers whether these are all, as far as could be found out
 */
record OrphanEvidence(
    long ageMicros, BlobReference owner, List<Sharer> sharers, boolean allSharers) {
  /**
   * A reference, and whether the row that it stands for names the blob.
   *
   * @param ageMicros since the reference was written: a copy writes its row after it
   */
  record Sharer(long ageMicros, BlobReference row) {}

  /**
   * True when nobody names the blob and nobody can any more: it is old, its owner's row and those
   * of all sharers are known not to name it, and no copy is under way.
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
