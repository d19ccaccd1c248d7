package rondo.ring.coordinate.quorums;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.port.Randomness;
import rondo.ring.port.Time;
import rondo.ring.quorum.Round;
import rondo.ring.value.NodeId;

/** The nodes that were silent a moment ago, which operations don't wait for. Thread-safe. */
public final class SuspectedNodes {
  /** Long enough that a dead node costs few requests a delay, short enough to notice its return. */
  private static final long SUSPECTED_NANOS = 2_000_000_000L;

  private final Time time;
  private final Map<NodeId, Long> silentAt = new ConcurrentHashMap<>();

  public SuspectedNodes(Time time) {
    this.time = time;
  }

  public void silent(NodeId node) {
    silentAt.put(node, time.nanos());
  }

  /**
   * Suspects the replicas that stayed silent until a round's deadline, and those that refused as
   * unavailable.
   */
  public void silent(Round round, Round.End end) {
    round.tally().nodes().stream()
        .filter(node -> !round.tally().saidYes(node))
        .filter(node -> isSilent(end, round.replies().get(node)))
        .forEach(this::silent);
  }

  private static boolean isSilent(Round.End end, @Nullable Reply reply) {
    return (reply == null && end == Round.End.SILENT)
        || (reply instanceof Reply.Refused(Reply.Reason reason, String _)
            && reason == Reply.Reason.UNAVAILABLE);
  }

  public void heard(NodeId node) {
    silentAt.remove(node);
  }

  /**
   * The nodes, the likeliest to answer first: {@code self}, then those not suspected, starting from
   * a random one.
   */
  public List<NodeId> inOrder(NodeId self, List<NodeId> nodes, Randomness chance) {
    int turn = chance.nextInt(nodes.size());
    return IntStream.range(0, nodes.size())
        .mapToObj(i -> nodes.get((i + turn) % nodes.size()))
        .sorted(Comparator.comparingInt(node -> rank(self, node)))
        .toList();
  }

  private int rank(NodeId self, NodeId node) {
    if (node.equals(self)) {
      return 0;
    }
    return suspected(node) ? 2 : 1;
  }

  public boolean suspected(NodeId node) {
    Long at = silentAt.get(node);
    return at != null && time.nanos() - at < SUSPECTED_NANOS;
  }
}
