package rondo.s3.sweep;

import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.Lifecycle;
import rondo.metadata.rows.LifecycleFilter;
import rondo.metadata.rows.LifecycleRule;
import rondo.metadata.rows.LifecycleTime;
import rondo.metadata.rows.ObjectRow;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;
import rondo.s3.lifecycle.DayLength;
import rondo.s3.lifecycle.LifecycleRules;
import rondo.store.Store;
import rondo.store.StoreCluster;
import rondo.store.listing.VersionListing;
import rondo.store.row.Bucket;
import rondo.store.shard.BucketAssignment;
import rondo.store.system.SystemPorts;

/** A bucket called b over three replicas, its rules, and the workers that carry them out. */
final class RuleBucket {
  final StandingClock clock = new StandingClock();
  final StoreCluster cluster = new StoreCluster(clock);
  final Store store = cluster.gateway(1);
  final LifecycleCounters counters = new LifecycleCounters();

  RuleBucket() {
    store.buckets().create("b", "ann", "r");
  }

  Bucket bucket() {
    return store.buckets().fresh("b");
  }

  void versioned() {
    store
        .buckets()
        .change(
            bucket(), row -> row.toBuilder().setVersioning(BucketRow.Versioning.ENABLED).build());
  }

  /** Gives the bucket rules as PutBucketLifecycleConfiguration does. */
  void put(LifecycleRule.Builder... rules) {
    var lifecycle = Lifecycle.newBuilder();
    List.of(rules).forEach(lifecycle::addRules);
    store.buckets().change(bucket(), row -> row.toBuilder().setLifecycle(lifecycle).build());
    store.lifecycles().mark(bucket(), Duration.ZERO);
  }

  static LifecycleRule.Builder rule(String prefix) {
    return LifecycleRule.newBuilder()
        .setId("of " + prefix)
        .setEnabled(true)
        .setFilter(LifecycleFilter.newBuilder().setPrefix(prefix));
  }

  static LifecycleTime.Builder days(int days) {
    return LifecycleTime.newBuilder().setDays(days);
  }

  ObjectRow write(String key) {
    ObjectRow row =
        ObjectRow.newBuilder()
            .setModifiedMicros(clock.wallMicros())
            .setSize(1 << 20)
            .setEtag("e")
            .build();
    return store.objects().write(bucket(), key, row);
  }

  ObjectRow delete(String key) {
    ObjectRow marker = ObjectRow.newBuilder().setModifiedMicros(clock.wallMicros()).build();
    ObjectRow made = store.objects().delete(bucket(), key, marker, null).marker();
    return made == null ? ObjectRow.getDefaultInstance() : made;
  }

  /** Keys of versions, newest first; delete markers with a minus before them. */
  List<String> versions() {
    var scope = new VersionListing.Scope(Bytes.EMPTY, null, 1000);
    return new VersionListing(store.objects(), store.listing(), bucket(), scope)
        .from(Bytes.EMPTY).entries().stream()
            .map(entry ->
                (entry.row() != null && entry.row().getDeleteMarker() ? "-" : "") + entry.name())
            .toList();
  }

  LifecycleWorker worker() {
    return worker(node -> node.equals(new NodeId(2)) || node.equals(new NodeId(3)));
  }

  /** The worker of node 1. */
  LifecycleWorker worker(Predicate<NodeId> suspected) {
    return new LifecycleWorker(
        store,
        new LifecycleSettings(DayLength.CALENDAR, false),
        new BucketAssignment(new NodeId(1), cluster, suspected),
        counters,
        SystemPorts.TASKS,
        clock);
  }

  /** Looks once through the buckets, and waits for the walks that this begins. */
  void work() {
    work(worker());
  }

  static void work(LifecycleWorker worker) {
    worker.look();
    worker.awaitEnd(Duration.ofSeconds(20));
  }

  LifecycleActions actions() {
    var rules = new LifecycleRules(bucket().row(), DayLength.CALENDAR, false);
    return new LifecycleActions(store, bucket(), rules, clock.wallMicros(), counters);
  }

  long counted(String name) {
    return counters.values().getOrDefault("lifecycle_" + name, -1L);
  }
}
