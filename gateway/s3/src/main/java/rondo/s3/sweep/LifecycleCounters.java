package rondo.s3.sweep;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import rondo.s3.lifecycle.DueAction;

/** Counts the work of lifecycle rules since the node was started. Thread-safe. */
public final class LifecycleCounters {
  final LongAdder walks = new LongAdder();
  final LongAdder seen = new LongAdder();
  final LongAdder expired = new LongAdder();
  final LongAdder markersRemoved = new LongAdder();
  final LongAdder transitioned = new LongAdder();
  final LongAdder aborted = new LongAdder();
  final LongAdder purged = new LongAdder();
  final LongAdder spared = new LongAdder();
  final LongAdder failed = new LongAdder();

  void done(DueAction due) {
    switch (due) {
      case DueAction.Expire _ -> expired.increment();
      case DueAction.RemoveMarker _ -> markersRemoved.increment();
      case DueAction.Transition _ -> transitioned.increment();
      case DueAction.Abort _ -> aborted.increment();
      case DueAction.Nothing _ -> {}
    }
  }

  /** The counts by their metrics' names, without the unit. */
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
