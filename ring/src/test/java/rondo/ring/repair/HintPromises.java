package rondo.ring.repair;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import rondo.ring.hint.HintedNetwork;
import rondo.ring.message.Request;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;

/**
 * The states that hints must bring: every one that a coordinator sent to another node, unless the
 * coordinator died before it could store a hint.
 */
final class HintPromises {
  /** The patience of a {@link HintedNetwork}, the second between two ticks, and a little. */
  private static final long UNTIL_KEPT_NANOS = 3_100_000_000L;

  private final List<Sent> sent = new ArrayList<>();

  record Sent(NodeId from, NodeId to, Key key, Stamp stamp, long atNanos) {}

  void sent(NodeId from, NodeId to, Request.Propagate propagate, long nowNanos) {
    if (!from.equals(to)) {
      sent.add(new Sent(from, to, propagate.key(), propagate.state().stamp(), nowNanos));
    }
  }

  void died(NodeId node, long nowNanos) {
    sent.removeIf(one -> one.from().equals(node) && nowNanos - one.atNanos() < UNTIL_KEPT_NANOS);
  }

  /** The states that their targets have neither taken nor overtaken. */
  List<Sent> unkept(BiFunction<NodeId, Key, Stamp> held) {
    return sent.stream()
        .filter(one -> held.apply(one.to(), one.key()).compareTo(one.stamp()) < 0)
        .toList();
  }
}
