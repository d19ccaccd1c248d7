package rondo.ring.node;

import java.util.function.Supplier;
import rondo.ring.message.Reply;
import rondo.ring.value.NodeId;

/** Holds requests to the epoch that they name. Thread-safe. */
public interface EpochFence {
  /**
   * Runs {@code answer} while {@code epoch} is the one that is installed here; otherwise replies
   * with the reason and doesn't run it.
   *
   * @param from the sender, which may know the layout that is missing here
   */
  Reply under(NodeId from, long epoch, Supplier<Reply> answer);

  /**
   * Runs an answer about the {@link RescueRegister}, for which no majority has to vouch.
   *
   * @param from as above
   */
  default Reply alone(NodeId from, long epoch, Supplier<Reply> answer) {
    return under(from, epoch, answer);
  }
}
