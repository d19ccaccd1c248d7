package rondo.gateway.boot;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.Hole;
import rondo.ring.placement.NodeId;
import rondo.ring.repair.Refill;

/**
 * What damage took from a node's metadata, ready to become JSON, and the order to accept that.
 * Thread-safe.
 */
record NodeLosses(NodeId self, Engine engine, Refill refill) {
  private static final Logger LOG = LoggerFactory.getLogger(NodeLosses.class);

  /** How much it is, since when, and what is done about it. */
  Map<String, Object> brief() {
    var lost = new LinkedHashMap<String, Object>();
    List<Hole> holes = engine.lostRanges();
    lost.put("ranges", holes.size());
    if (!holes.isEmpty()) {
      long since = holes.stream().mapToLong(Hole::sinceMillis).min().orElse(0);
      lost.put("since", Instant.ofEpochMilli(since).toString());
      lost.put("doing", refill.status().doing());
    }
    return lost;
  }

  /** Each range of keys. */
  Map<String, Object> view() {
    var view = new LinkedHashMap<String, Object>();
    view.put("node", self.toString());
    view.put("refillable", !refill.status().alone());
    view.put("doing", refill.status().doing());
    view.put("ranges", engine.lostRanges().stream().map(NodeLosses::range).toList());
    return view;
  }

  private static Map<String, Object> range(Hole hole) {
    var since = Instant.ofEpochMilli(hole.sinceMillis());
    var range = new LinkedHashMap<String, Object>();
    range.put("from", hole.from().toString());
    range.put("to", hole.to() == null ? "the end of all keys" : hole.to().toString());
    range.put("since", since.toString());
    range.put("ageSeconds", Math.max(0, Duration.between(since, Instant.now()).toSeconds()));
    return range;
  }

  /**
   * Has all that is lost now closed with what is known.
   *
   * @param node who is meant: this one
   * @throws IllegalArgumentException when it isn't, or when there is nothing to accept
   */
  Map<String, Object> accept(String node) {
    if (!node.equals(self.toString())) {
      throw new IllegalArgumentException("this is node " + self + ": ask node " + node + " itself");
    }
    if (engine.lostRanges().isEmpty()) {
      throw new IllegalArgumentException("nothing is lost on this node");
    }
    LOG.warn(
        "metadata: the loss of {} ranges of keys is accepted, by an order",
        engine.lostRanges().size());
    refill.accept();
    return view();
  }
}
