package rondo.gateway.boot;

import static rondo.gateway.boot.Ports.TASKS;
import static rondo.gateway.boot.Ports.TIME;

import java.time.Duration;
import rondo.gateway.lifecycle.LifecycleWorker;
import rondo.gateway.lifecycle.Turns;
import rondo.gateway.shard.CopiesWorker;
import rondo.gateway.shard.Moving;
import rondo.gateway.shard.ShardSettings;
import rondo.gateway.shard.ShardWorker;
import rondo.gateway.shard.Sizes;
import rondo.gateway.store.Store;
import rondo.storage.orphan.OrphanSettings;
import rondo.storage.orphan.OrphanWalk;

/** What a node does for the cluster's buckets in the background, while it is a member in use. */
record NodeWorkers(
    NodeSettings settings,
    NodeStorage storage,
    NodeLinks links,
    NodeRing ring,
    NodeStatus status,
    Closings closings) {
  private static final Duration STOP = Duration.ofSeconds(10);

  /** Starts all of it; the closings end it. */
  void start(Store store) {
    var turns = new Turns(links.self(), ring.layouts(), ring.membership()::suspected);
    closings.add(
        OrphanWalk.start(
            storage.extents(), ring.coordinator(), TASKS, TIME, OrphanSettings.DEFAULT));
    closings.add(shards(store, turns).start(this::isReady));
    long rate = settings.configuration().member().copyBytesPerSecond();
    closings.add(
        new CopiesWorker(store, turns, status.shards(), TASKS, TIME, rate).start(this::isReady));
    closings.add(
        new LifecycleWorker(store, settings.lifecycle(), turns, status.lifecycles(), TASKS, TIME)
            .start(this::isReady, STOP));
  }

  private ShardWorker shards(Store store, Turns turns) {
    var wanted = new ShardSettings(settings.configuration().s3().shardRows());
    var sizes = new Sizes(storage.engine(), ring.rows().writes(), TASKS, TIME);
    var moving =
        new Moving(
            ring.coordinator(), ring.layouts(), links.network(), TASKS, TIME, status::spreads);
    return new ShardWorker(store, wanted, sizes, turns, moving, status.shards());
  }

  private boolean isReady() {
    return status.trouble().isEmpty();
  }
}
