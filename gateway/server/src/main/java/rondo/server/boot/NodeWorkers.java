package rondo.server.boot;

import static rondo.store.system.SystemPorts.TASKS;
import static rondo.store.system.SystemPorts.TIME;

import java.time.Duration;
import rondo.s3.sweep.LifecycleWorker;
import rondo.server.link.NodeLinks;
import rondo.server.process.ClosingStack;
import rondo.server.storage.NodeStorage;
import rondo.storage.orphan.OrphanSettings;
import rondo.storage.orphan.OrphanWalk;
import rondo.store.Store;
import rondo.store.shard.BucketAssignment;
import rondo.store.shard.CopiesWorker;
import rondo.store.shard.ShardMoveContext;
import rondo.store.shard.ShardSettings;
import rondo.store.shard.ShardSizes;
import rondo.store.shard.ShardWorker;
import rondo.store.system.RunningTasks;

/** A node's background work for the cluster's buckets, while the node is an active member. */
record NodeWorkers(
    NodeSettings settings,
    NodeStorage storage,
    NodeLinks links,
    NodeRing ring,
    NodeStatus status,
    ClosingStack closings) {
  private static final Duration STOP = Duration.ofSeconds(10);

  /** Starts all workers; the closings stop them. */
  void start(Store store) {
    var assignment =
        new BucketAssignment(links.self(), ring.layouts(), ring.membership()::suspected);
    closings.add(
        OrphanWalk.start(
            storage.extents(),
            ring.coordinator(),
            TASKS,
            storage.clock().judge().cautious(),
            OrphanSettings.DEFAULT,
            storage.folders().hold()::isHeld));
    var tasks = new RunningTasks(TASKS);
    var keeping =
        new SnapshotUpkeep(storage.folders().hold(), storage.extents(), ring.rows().snapshots());
    keeping.start(tasks);
    closings.add(() -> {
      keeping.stop();
      tasks.awaitEnd(STOP);
    });
    closings.add(shards(store, assignment).start(this::serves));
    closings.add(
        new CopiesWorker(
                store, assignment, status.shards(), TASKS, TIME, ring.orders().rates()::copy)
            .start(this::serves));
    closings.add(
        new LifecycleWorker(
                store, settings.lifecycle(), assignment, status.lifecycles(), TASKS, TIME)
            .start(this::serves, STOP));
  }

  private ShardWorker shards(Store store, BucketAssignment assignment) {
    var wanted = new ShardSettings(settings.configuration().s3().limits().shardRows());
    var sizes = new ShardSizes(storage.engine(), ring.rows().replica().writes(), TASKS, TIME);
    var moving =
        new ShardMoveContext(
            ring.coordinator(), ring.layouts(), links.network(), TASKS, TIME, status::spreads);
    return new ShardWorker(store, wanted, sizes, assignment, moving, status.shards());
  }

  private boolean serves() {
    return status.trouble().isEmpty();
  }
}
