package rondo.store.object;

import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.store.row.RefusalException;

/** What must hold of the object that a write replaces. Pure: it is asked as often as needed. */
@FunctionalInterface
public interface WriteCondition {
  /**
   * @param current null when there is none
   * @return why the write is refused; null when it may be done
   */
  @Nullable RefusalException refusal(@Nullable ObjectRow current);

  /** The same where the current version is a delete marker: to most there is no object then. */
  default @Nullable RefusalException refusalOfMarker(ObjectRow marker) {
    return refusal(null);
  }

  /**
   * Why the completion of an upload is refused where the object that meets the condition came, or
   * went, after the upload began; null when that doesn't matter.
   */
  default @Nullable RefusalException refusalOfChange() {
    return null;
  }

  /**
   * The same of a key's head.
   *
   * @param head which may say that there is no object; null when there is none
   */
  default @Nullable RefusalException refusalOfHead(@Nullable ObjectRow head) {
    if (head == null || head.getGone()) {
      return refusal(null);
    }
    return head.getDeleteMarker() ? refusalOfMarker(head) : refusal(head);
  }
}
