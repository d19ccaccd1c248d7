package rondo.gateway.lifecycle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import rondo.gateway.s3.lifecycle.Due;

/** What the rules' work has done since the node was started. Thread-safe. */
public final class Counters {
  final LongAdder walks = new LongAdder();
  final LongAdder seen = new LongAdder();
  final LongAdder expired = new LongAdder();
  final LongAdder markersRemoved = new LongAdder();
  final LongAdder transitioned = new LongAdder();
  final LongAdder aborted = new LongAdder();
  final LongAdder purged = new LongAdder();
  final LongAdder spared = new LongAdder();
  final LongAdder failed = new LongAdder();

  void done(Due due) {
    switch (due) {
      case Due.Expire _ -> expired.increment();
      case Due.RemoveMarker _ -> markersRemoved.increment();
      case Due.Transition _ -> transitioned.increment();
      case Due.Abort _ -> aborted.increment();
      case Due.Nothing _ -> {}
    }
  }

  /** By the names of metrics, without their unit. */
  public Map<String, Long> values() {
    var values = new LinkedHashMap<String, Long>();
    values.put("lifecycle_walks", walks.sum());
    values.put("lifecycle_seen", seen.sum());
    values.put("lifecycle_expired", expired.sum());
    values.put("lifecycle_markers_removed", markersRemoved.sum());
    values.put("lifecycle_transitioned", transitioned.sum());
    values.put("lifecycle_uploads_aborted", aborted.sum());
    values.put("lifecycle_uploads_purged", purged.sum());
    values.put("lifecycle_spared", spared.sum());
    values.put("lifecycle_failed", failed.sum());
    return values;
  }
}
