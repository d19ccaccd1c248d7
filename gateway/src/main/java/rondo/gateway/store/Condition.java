package rondo.gateway.store;

import org.jspecify.annotations.Nullable;
import rondo.gateway.s3.S3Exception;
import rondo.metadata.rows.ObjectRow;

/** What must hold of the object that a write replaces. Pure: it is asked as often as needed. */
@FunctionalInterface
public interface Condition {
  /**
   * @param current null when there is none
   * @return why the write is refused; null when it may be done
   */
  @Nullable S3Exception refusal(@Nullable ObjectRow current);
}
