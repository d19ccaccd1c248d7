package rondo.s3.sweep;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import rondo.ring.port.Time;
import rondo.s3.error.S3Exception;
import rondo.s3.lifecycle.DueAction;
import rondo.s3.lifecycle.LifecycleRules;
import rondo.s3.lifecycle.RuleSubject;
import rondo.store.Store;
import rondo.store.row.Bucket;

/**
 * Tells what the rules of a bucket would do now, by a walk without actions. Thread-safe.
 *
 * @param settings the settings of the node's own walks
 */
public record LifecyclePreview(Store store, LifecycleSettings settings, Time time) {
  private static final int MOST_LISTED = 1000;

  /** Less than the half minute for which the caller waits. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(20);

  /**
   * The preview as a tree for JSON: the number of rules, the number of rows seen, the number of due
   * subjects by action, the first thousand of these, and whether they are all. Blocks for 20
   * seconds at most, and for one more page.
   *
   * @throws S3Exception NoSuchBucket, SlowDown
   */
  public Map<String, Object> of(String name) {
    Bucket bucket = store.buckets().fresh(name);
    var rules = new LifecycleRules(bucket.row(), settings.days(), settings.compat());
    var listed = new ArrayList<Map<String, String>>();
    var counts = new TreeMap<String, Long>();
    var seen = new long[1];
    long end = time.nanos() + PATIENCE_NANOS;
    boolean complete =
        new BucketWalk(store, bucket, rules, time.wallMicros())
            .run(
                WalkPosition.START,
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
      List<DueSubject> found, List<Map<String, String>> listed, Map<String, Long> counts) {
    for (DueSubject one : found) {
      Map<String, String> shown = shown(one);
      counts.merge(String.valueOf(shown.get("what")), 1L, Long::sum);
      if (listed.size() < MOST_LISTED) {
        listed.add(shown);
      }
    }
  }

  private static Map<String, String> shown(DueSubject found) {
    var shown = new LinkedHashMap<String, String>();
    shown.put("key", found.subject().key());
    switch (found.subject()) {
      case RuleSubject.Current _ -> {}
      case RuleSubject.Noncurrent it -> shown.put("version", "noncurrent");
      case RuleSubject.PendingUpload it -> shown.put("version", "upload " + it.id());
    }
    switch (found.due()) {
      case DueAction.Expire(String rule) -> add(shown, "expire", rule);
      case DueAction.RemoveMarker(String rule) -> add(shown, "remove marker", rule);
      case DueAction.Transition(String rule, String to) -> add(shown, "move to " + to, rule);
      case DueAction.Abort(String rule) -> add(shown, "abort upload", rule);
      case DueAction.Nothing _ -> throw new IllegalStateException("nothing was found");
    }
    return shown;
  }

  private static void add(Map<String, String> shown, String what, String rule) {
    shown.put("what", what);
    shown.put("rule", rule);
  }
}
