package rondo.store.object;

import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.ObjectRow;
import rondo.store.row.RefusalException;

/**
 * A condition on the object that a write replaces. Pure: the store checks it as often as needed.
 */
@FunctionalInterface
public interface WriteCondition {
  /**
   * @param current the object that would be replaced; null for none
   * @return why the write is refused; null when it may be done
   */
  @Nullable RefusalException refusal(@Nullable ObjectRow current);

  /**
   * Checks the condition when the current version is a delete marker. To most conditions there is
   * no object then.
   */
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
   * Why a write is refused on top of a key's head; null when it isn't.
   *
   * @param head the head, which may be one without an object; null for none
   */
  default @Nullable RefusalException refusalOfHead(@Nullable ObjectRow head) {
    if (head == null || head.getGone()) {
      return refusal(null);
    }
    return head.getDeleteMarker() ? refusalOfMarker(head) : refusal(head);
  }
}
