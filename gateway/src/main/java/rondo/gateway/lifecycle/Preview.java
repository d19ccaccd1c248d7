package rondo.gateway.lifecycle;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import rondo.gateway.s3.S3Exception;
import rondo.gateway.s3.lifecycle.Due;
import rondo.gateway.s3.lifecycle.Rules;
import rondo.gateway.s3.lifecycle.Subject;
import rondo.gateway.store.Bucket;
import rondo.gateway.store.Store;
import rondo.ring.port.Time;

/**
 * What the rules of a bucket would do now: the same walk, and nothing done. Thread-safe.
 *
 * @param time says what is now
 */
public record Preview(Store store, LifecycleSettings settings, Time time) {
  private static final int MOST_LISTED = 1000;

  /** Who asks waits half a minute. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  /**
   * How many rules there are, how many things were looked at, for how many what is due, the first
   * thousand of them, and whether that is all. Ready to become JSON.
   *
   * @throws S3Exception NoSuchBucket, SlowDown
   */
  public Map<String, Object> of(String name) {
    Bucket bucket = store.buckets().fresh(name);
    var rules = new Rules(bucket.row(), settings.days(), settings.compat());
    var listed = new ArrayList<Map<String, String>>();
    var counts = new TreeMap<String, Long>();
    var seen = new long[1];
    long end = time.nanos() + PATIENCE_NANOS;
    boolean complete =
        new Walk(store, bucket, rules, time.wallMicros())
            .run(
                Position.START,
                (found, rows, next) -> {
                  seen[0] += rows;
                  add(found, listed, counts);
                  return time.nanos() < end;
                });
    var preview = new LinkedHashMap<String, Object>();
    preview.put("bucket", name);
    preview.put("rules", rules.scope().enabled().size());
    preview.put("seen", seen[0]);
    preview.put("counts", counts);
    preview.put("due", listed);
    preview.put("complete", complete && listed.size() < MOST_LISTED);
    return preview;
  }

  private static void add(
      List<Found> found, List<Map<String, String>> listed, Map<String, Long> counts) {
    for (Found one : found) {
      Map<String, String> shown = shown(one);
      counts.merge(String.valueOf(shown.get("what")), 1L, Long::sum);
      if (listed.size() < MOST_LISTED) {
        listed.add(shown);
      }
    }
  }

  private static Map<String, String> shown(Found found) {
    var shown = new LinkedHashMap<String, String>();
    shown.put("key", found.subject().key());
    switch (found.subject()) {
      case Subject.Current _ -> {}
      case Subject.Noncurrent it -> shown.put("version", "noncurrent");
      case Subject.Begun it -> shown.put("version", "upload " + it.id());
    }
    switch (found.due()) {
      case Due.Expire(String rule) -> add(shown, "expire", rule);
      case Due.RemoveMarker(String rule) -> add(shown, "remove marker", rule);
      case Due.Transition(String rule, String to) -> add(shown, "move to " + to, rule);
      case Due.Abort(String rule) -> add(shown, "abort upload", rule);
      case Due.Nothing _ -> throw new IllegalStateException("nothing was found");
    }
    return shown;
  }

  private static void add(Map<String, String> shown, String what, String rule) {
    shown.put("what", what);
    shown.put("rule", rule);
  }
}
