package rondo.server.boot;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import rondo.ring.layout.Layout;
import rondo.ring.layout.Members;
import rondo.ring.layout.RingDrawing;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.value.NodeId;
import rondo.server.order.Absence;

/** A layout and its nodes, ready to become JSON. */
record LayoutView(Layout shown, NodeStates states) {
  /** The layout without its nodes. */
  Map<String, Object> layout() {
    var view = new LinkedHashMap<String, Object>();
    view.put("epoch", shown.epoch());
    view.put("life", shown.life().number());
    view.put("moving", shown.joint());
    view.put("due", shown.due());
    view.put("held", shown.members().held());
    view.put("release", shown.members().release());
    view.put("leaving", leaving());
    view.put("holders", shown.to().holders().size());
    List<Map<String, Object>> classes = shown.to().classes().stream().map(LayoutView::of).toList();
    view.putAll(classes.getFirst());
    view.put("classes", classes.subList(1, classes.size()));
    return view;
  }

  /** The names of nodes that the order to remove them has leave, or that have left by it. */
  private List<String> leaving() {
    Members members = shown.members();
    return members.nodes().stream()
        .filter(node -> members.leaves(node.id()) && !members.isLost(node.id()))
        .map(Node::label)
        .filter(name ->
            members.nodes().stream()
                .noneMatch(it -> it.label().equals(name) && !members.leaves(it.id())))
        .toList();
  }

  /** How many partitions it holds, or will, until the move under way has ended. */
  private int holds(Node node) {
    int then = shown.to().heldBy(node.id()).cardinality();
    return shown.joint() ? Math.max(then, shown.from().heldBy(node.id()).cardinality()) : then;
  }

  private static Map<String, Object> of(Replication copies) {
    var view = new LinkedHashMap<String, Object>();
    view.put("replicas", copies.n());
    view.put("readQuorum", copies.r());
    view.put("writeQuorum", copies.w());
    return view;
  }

  /** The nodes that hold data, or will. */
  List<Map<String, Object>> nodes() {
    var nodes = new ArrayList<Map<String, Object>>();
    Map<NodeId, Integer> load = shown.to().load();
    for (Node node : RingDrawing.nodes(shown)) {
      var view = new LinkedHashMap<String, Object>();
      view.put("name", node.label());
      view.put("life", node.life().number());
      view.put("id", node.id().toString());
      view.put("zone", node.zone());
      view.put("address", node.address());
      view.put("s3", node.s3Address());
      view.put("capacityBytes", node.capacityBytes());
      view.put("suspected", states.membership().suspected(node.id()));
      view.put("state", states.word(shown, node.id()));
      view.put("partitions", load.getOrDefault(node.id(), 0));
      view.put("holds", holds(node));
      Absence absence = states.absences().of(node.id());
      if (absence != null) {
        view.put("absence", absence.words());
      }
      nodes.add(view);
    }
    return nodes;
  }
}
