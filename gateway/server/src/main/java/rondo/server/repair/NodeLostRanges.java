package rondo.server.repair;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.metadata.engine.Engine;
import rondo.metadata.engine.LostRange;
import rondo.ring.rebuild.Rebuild;
import rondo.ring.value.NodeId;

/**
 * The ranges of a node's metadata that damage took, ready to become JSON, and the command to accept
 * their loss. Thread-safe.
 */
public record NodeLostRanges(NodeId self, Engine engine, Rebuild rebuild) {
  private static final Logger LOG = LoggerFactory.getLogger(NodeLostRanges.class);

  /** A summary: the size of the loss, its age, and the state of its rebuild. */
  public Map<String, Object> brief() {
    var lost = new LinkedHashMap<String, Object>();
    List<LostRange> ranges = engine.lostRanges();
    lost.put("ranges", ranges.size());
    if (!ranges.isEmpty()) {
      long since = ranges.stream().mapToLong(LostRange::sinceMillis).min().orElse(0);
      lost.put("since", Instant.ofEpochMilli(since).toString());
      lost.put("doing", rebuild.status().step());
    }
    return lost;
  }

  /** A list of the lost ranges of keys. */
  public Map<String, Object> view() {
    var view = new LinkedHashMap<String, Object>();
    view.put("node", self.toString());
    view.put("rebuildable", !rebuild.status().unrecoverable());
    view.put("doing", rebuild.status().step());
    view.put("ranges", engine.lostRanges().stream().map(NodeLostRanges::range).toList());
    return view;
  }

  private static Map<String, Object> range(LostRange lost) {
    var since = Instant.ofEpochMilli(lost.sinceMillis());
    var range = new LinkedHashMap<String, Object>();
    range.put("from", lost.from().toString());
    range.put("to", lost.to() == null ? "the end of all keys" : lost.to().toString());
    range.put("since", since.toString());
    range.put("ageSeconds", Math.max(0, Duration.between(since, Instant.now()).toSeconds()));
    return range;
  }

  /**
   * Accepts the loss: closes all lost ranges now, with the rows that are known.
   *
   * @param node the id of the node that the operator means: this one's
   * @throws IllegalArgumentException when it isn't, or when there is nothing to accept
   */
  public Map<String, Object> accept(String node) {
    if (!node.equals(self.toString())) {
      throw new IllegalArgumentException("this is node " + self + ": ask node " + node + " itself");
    }
    if (engine.lostRanges().isEmpty()) {
      throw new IllegalArgumentException("nothing is lost on this node");
    }
    LOG.warn(
        "metadata: the loss of {} ranges of keys is accepted, by an order",
        engine.lostRanges().size());
    rebuild.accept();
    return view();
  }
}
