package rondo.server.repair;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.layout.RingDrawing;
import rondo.ring.membership.Membership;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.Node;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.repair.TimeRemaining;
import rondo.ring.value.NodeId;
import rondo.server.health.PartitionRanges;

/**
 * The under-replicated data of the whole cluster: every node reports what it knows. Thread-safe.
 */
record ClusterRepair(
    NodeId self,
    Membership membership,
    Supplier<Reply.UnderReplication> own,
    Network network,
    Tasks tasks,
    Time time) {
  private static final long PATIENCE_NANOS = 2_000_000_000L;

  /** The view for the status, ready to become JSON: totals first, then each node. */
  Map<String, Object> view() {
    Layout layout = membership.layout();
    return layout == null ? Map.of() : view(layout, ask(layout));
  }

  private Map<NodeId, Reply.UnderReplication> ask(Layout layout) {
    Map<NodeId, Reply.UnderReplication> told = new TreeMap<>();
    told.put(self, own.get());
    long deadline = time.nanos() + PATIENCE_NANOS;
    Mailbox<Answer> answers = tasks.mailbox();
    int missing = 0;
    for (Node node : RingDrawing.nodes(layout)) {
      if (!node.id().equals(self) && !membership.suspected(node.id())) {
        network.send(
            node.id(), new Request.ReportUnderReplication(layout.epoch()), deadline, answers);
        missing++;
      }
    }
    while (missing > 0) {
      Answer answer = answers.take(deadline);
      if (answer == null) {
        return told;
      }
      missing--;
      if (answer.reply() instanceof Reply.UnderReplication lack) {
        told.put(answer.from(), lack);
      }
    }
    return told;
  }

  static Map<String, Object> view(Layout layout, Map<NodeId, Reply.UnderReplication> told) {
    var under = new BitSet();
    boolean whole = true;
    boolean known = true;
    long chunks = 0;
    long hints = 0;
    long oldest = 0;
    long left = 0;
    List<Map<String, Object>> nodes = new ArrayList<>();
    for (Node node : RingDrawing.nodes(layout)) {
      Reply.UnderReplication lack = told.get(node.id());
      nodes.add(ofNode(node, lack));
      whole &= lack != null && lack.whole();
      known &= lack != null && lack.leftSeconds() != TimeRemaining.UNKNOWN;
      under.or(lack == null ? layout.to().heldBy(node.id()) : under(lack));
      chunks += lack == null ? 0 : lack.chunks();
      hints += lack == null ? 0 : lack.hints();
      oldest = Math.max(oldest, lack == null ? 0 : lack.oldestSeconds());
      left = Math.max(left, lack == null ? 0 : lack.leftSeconds());
    }
    var view = new LinkedHashMap<String, Object>();
    view.put("whole", whole);
    view.put("partitionsUnderReplicated", under.cardinality());
    view.put("partitions", PartitionRanges.of(under));
    view.put("chunksMissing", chunks);
    view.put("hintsWaiting", hints);
    view.put("oldestSeconds", oldest);
    view.put("secondsLeft", known ? left : "unknown");
    view.put("nodes", nodes);
    return view;
  }

  private static Map<String, Object> ofNode(Node node, Reply.@Nullable UnderReplication lack) {
    var view = new LinkedHashMap<String, Object>();
    view.put("name", node.label());
    view.put("id", node.id().toString());
    view.put("answers", lack != null);
    if (lack != null) {
      view.put("whole", lack.whole());
      view.put("lacking", PartitionRanges.of(bits(lack.lacking().array())));
      view.put("unreachable", PartitionRanges.of(bits(lack.unreachable().array())));
      view.put("chunksMissing", lack.chunks());
      view.put("hintsWaiting", lack.hints());
      view.put("secondsLeft", left(lack));
    }
    return view;
  }

  private static Object left(Reply.UnderReplication lack) {
    return lack.leftSeconds() == TimeRemaining.UNKNOWN ? "unknown" : lack.leftSeconds();
  }

  private static BitSet under(Reply.UnderReplication lack) {
    BitSet under = bits(lack.lacking().array());
    under.or(bits(lack.unreachable().array()));
    return under;
  }

  private static BitSet bits(byte[] bytes) {
    return BitSet.valueOf(bytes);
  }
}
