package rondo.server.boot;

import static rondo.store.system.SystemPorts.TASKS;
import static rondo.store.system.SystemPorts.TIME;

import rondo.ring.layout.Layout;
import rondo.ring.membership.Membership;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Node;
import rondo.ring.port.Mailbox;
import rondo.server.config.StartException;
import rondo.store.transport.PeerNetwork;

/**
 * Keeps two processes from serving copies of one data folder. Each would vote under the same id,
 * and forget the votes of the other.
 */
final class RunningCopy {
  /** For so long a start waits for an answer from where the node was before. */
  private static final long PATIENCE_NANOS = 2_000_000_000L;

  private RunningCopy() {}

  /**
   * Asks at the address that the layout has of this node, where that isn't the one of this start.
   *
   * @param network of a node that doesn't answer requests yet
   * @throws StartException when a process answers there under this node's id
   */
  static void check(Membership membership, PeerNetwork network) {
    Layout layout = membership.layout();
    if (layout == null) {
      return;
    }
    Node before = layout.node(membership.own().id());
    if (before == null || before.address().equals(membership.own().address())) {
      return;
    }
    Mailbox<Answer> answers = TASKS.mailbox();
    long deadline = TIME.nanos() + PATIENCE_NANOS;
    // Nothing about this start may be told: it would end the process that is asked.
    network.send(before.address(), new Request.FetchLayout(layout.epoch()), deadline, answers);
    Answer answer = answers.take(deadline);
    if (answer != null
        && answer.from().equals(before.id())
        && !(answer.reply() instanceof Reply.Refused)) {
      throw new StartException(
          "the node '%s' runs already, at %s, and this folder is a copy of its own: stop that one first if this one is to go on in its place"
              .formatted(before.label(), before.address()));
    }
  }

  /**
   * Why a node must stop, in a sentence: it was given up, another life of its name has its place,
   * or a copy of its folder was started. Empty while it may go on.
   */
  static String displaced(Membership membership) {
    if (membership.isCopied()) {
      return displaced(membership.own().label());
    }
    String follower = membership.follower();
    if (follower.isEmpty() && membership.isLost()) {
      return "this node stops: " + membership.dismissal();
    }
    return follower.isEmpty()
        ? ""
        : "another node has the name '%s' and this node's place now, at %s: this one stops, and its data is of no use any more"
            .formatted(membership.own().label(), follower);
  }

  /** Says why the process that was there first stops. */
  static String displaced(String label) {
    return "another process has started from a copy of this folder, as the node '%s': this one stops, and its folder stays as it is"
        .formatted(label);
  }
}
