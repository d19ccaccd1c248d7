package rondo.ring.node;

import java.util.function.Supplier;
import rondo.ring.message.Reply;
import rondo.ring.value.NodeId;

/** Holds requests to the epoch that they name. Thread-safe. */
public interface EpochFence {
  /**
   * Answers while {@code epoch} is the one that is installed here, or says why not, without having
   * answered.
   *
   * @param from who asks: it may know the layout that is missing here
   */
  Reply under(NodeId from, long epoch, Supplier<Reply> answer);
}
