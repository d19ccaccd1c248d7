package rondo.server.boot;

import static rondo.store.system.SystemPorts.TIME;

import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;
import rondo.storage.chunk.ChunkId;
import rondo.storage.extent.ExtentStore;
import rondo.storage.folder.DiskException;
import rondo.storage.snapshot.ChunkHold;
import rondo.storage.snapshot.NodeSnapshots;
import rondo.store.system.SystemPorts;

/** Ends a node's snapshots that no backup reads any more, and makes the drops that had to wait. */
final class SnapshotUpkeep {
  private static final Logger LOG = LoggerFactory.getLogger(SnapshotUpkeep.class);
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final ChunkHold hold;
  private final ExtentStore extents;
  private final NodeSnapshots snapshots;
  private final Mailbox<Boolean> stop = SystemPorts.TASKS.mailbox();

  SnapshotUpkeep(ChunkHold hold, ExtentStore extents, NodeSnapshots snapshots) {
    this.hold = hold;
    this.extents = extents;
    this.snapshots = snapshots;
  }

  void start(Tasks tasks) {
    tasks.start("snapshots", this::run);
  }

  void stop() {
    stop.put(true);
  }

  private void run() {
    while (stop.take(TIME.nanos() + REST_NANOS) == null) {
      snapshots.expire();
      for (ChunkId id : hold.due()) {
        drop(id);
      }
    }
    snapshots.close();
  }

  private void drop(ChunkId id) {
    try {
      extents.drop(id);
    } catch (DiskException e) {
      // The orphan walk finds it.
      LOG.warn("chunk {} can't be dropped: {}", id, e.getMessage());
    }
  }
}
