package rondo.s3.admission;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/** Counts what was refused and cut since the node was started. Thread-safe. */
public final class AdmissionCounters {
  private static final long RECENT_NANOS = 10_000_000_000L;

  final LongAdder admitted = new LongAdder();
  final LongAdder refused = new LongAdder();
  final LongAdder waited = new LongAdder();
  final LongAdder cut = new LongAdder();
  final LongAdder slowBodies = new LongAdder();
  final LongAdder slowHeads = new LongAdder();
  final LongAdder idle = new LongAdder();
  final LongAdder evicted = new LongAdder();
  final LongAdder connectionsRefused = new LongAdder();

  /** The time of the last refusal or cut; far in the past at first. */
  private final AtomicLong shedNanos = new AtomicLong(System.nanoTime() - 2 * RECENT_NANOS);

  /** Counts a request that was refused or cut so that others can go on. */
  void shed(LongAdder kind) {
    kind.increment();
    shedNanos.set(System.nanoTime());
  }

  /** Counts a body that came more slowly than the least rate. */
  public void slowBody() {
    slowBodies.increment();
  }

  /** Counts a connection whose head didn't come in time, as of a browser that opens some ahead. */
  void slowHead() {
    slowHeads.increment();
  }

  /** Whether load was shed in the last ten seconds. */
  public boolean isShedding() {
    return System.nanoTime() - shedNanos.get() < RECENT_NANOS;
  }

  /** The counts by their metrics' names, without the unit. */
  public Map<String, Long> values() {
    var values = new LinkedHashMap<String, Long>();
    values.put("s3_requests_admitted", admitted.sum());
    values.put("s3_requests_refused", refused.sum());
    values.put("s3_requests_waited", waited.sum());
    values.put("s3_requests_cut", cut.sum());
    values.put("s3_bodies_too_slow", slowBodies.sum());
    values.put("s3_heads_too_slow", slowHeads.sum());
    values.put("s3_connections_idle", idle.sum());
    values.put("s3_connections_evicted", evicted.sum());
    values.put("s3_connections_refused", connectionsRefused.sum());
    return values;
  }
}
