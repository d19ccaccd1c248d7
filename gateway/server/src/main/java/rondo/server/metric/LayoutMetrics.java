package rondo.server.metric;

import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.layout.RingDrawing;
import rondo.ring.membership.Membership;
import rondo.ring.streaming.MoveProgress;

/** The layout that a node knows, and what moves to the node. */
public record LayoutMetrics(Membership membership) implements MetricSource {
  @Override
  public void read(MetricReading reading) {
    @Nullable Layout layout = membership.layout();
    reading.put("rondo_layout_epoch", layout == null ? 0 : layout.epoch());
    if (layout != null) {
      reading.put("rondo_layout_nodes", RingDrawing.nodes(layout).size());
      reading.put("rondo_layout_replicas", layout.to().classes().getFirst().n());
      reading.put("rondo_layout_moving", layout.joint() ? 1 : 0);
      reading.put("rondo_layout_release", layout.members().release());
    }
    MoveProgress progress = membership.progress();
    reading.put("rondo_copy_partitions_done", progress.done());
    reading.put("rondo_copy_partitions_wanted", progress.total());
    reading.put("rondo_copy_done_bytes", progress.bytes());
    reading.put("rondo_copy_remaining_seconds", progress.secondsLeft());
  }
}
