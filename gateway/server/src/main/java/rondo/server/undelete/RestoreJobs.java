package rondo.server.undelete;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.port.Tasks;
import rondo.s3.error.S3Exception;
import rondo.server.live.Job;
import rondo.server.live.Job.State;
import rondo.store.Store;
import rondo.store.history.HistoryReach;
import rondo.store.history.PrefixRestore;
import rondo.store.row.Bucket;
import rondo.store.row.RefusalException;

/**
 * Restores of prefixes in the background of one node, and those that have ended lately. A restart
 * of the node ends them; the same order then does the rest. Thread-safe.
 */
public final class RestoreJobs implements Supplier<List<Job>> {
  private static final Logger LOG = LoggerFactory.getLogger(RestoreJobs.class);

  /** Each runs 16 objects at a time: more would only wait for the same disks. */
  private static final int MOST_RUNNING = 4;

  /** An order that ended so many orders ago has been seen. */
  private static final int MOST = 20;

  private final Store store;
  private final Tasks tasks;
  private final AtomicLong orders = new AtomicLong();
  private final Map<String, Running> jobs = new LinkedHashMap<>();

  public RestoreJobs(Store store, Tasks tasks) {
    this.store = store;
    this.tasks = tasks;
  }

  /** A restore with how it stands. */
  private static final class Running {
    final String id;
    final String what;
    final PrefixRestore restore;
    volatile State state = State.RUNNING;
    volatile String why = "";

    Running(String id, String what, PrefixRestore restore) {
      this.id = id;
      this.what = what;
      this.restore = restore;
    }

    Job job() {
      String counts =
          "%,d objects restored, %,d already as they were, %,d changed meanwhile and left alone"
              .formatted(restore.restored.sum(), restore.same.sum(), restore.changed.sum());
      return new Job(id, state, what + ": " + counts + why, 0, 0, "objects", -1);
    }
  }

  /**
   * Begins a restore.
   *
   * @param asOfMicros microseconds since 1970
   * @return null when as many as may be are under way
   * @throws RefusalException when the bucket has no history as of that time
   */
  public @Nullable Job start(Bucket bucket, String prefix, long asOfMicros) {
    var restore = new PrefixRestore(store, bucket, asOfMicros);
    restore.check();
    String what =
        "%s as of %s".formatted(bucket.name() + "/" + prefix, HistoryReach.text(asOfMicros));
    synchronized (jobs) {
      if (jobs.values().stream().filter(it -> it.state == State.RUNNING).count() >= MOST_RUNNING) {
        return null;
      }
      var running = new Running("restore-" + orders.incrementAndGet(), what, restore);
      jobs.values().stream()
          .filter(it -> it.state != State.RUNNING)
          .findFirst()
          .filter(it -> jobs.size() >= MOST)
          .ifPresent(it -> jobs.remove(it.id));
      jobs.put(running.id, running);
      tasks.start(running.id, () -> run(running, prefix));
      return running.job();
    }
  }

  private static void run(Running it, String prefix) {
    State end = State.FAILED;
    it.why = ". It broke off: the node's log says why";
    try {
      it.restore.run(prefix);
      it.why = "";
      end = it.restore.isStopped() ? State.STOPPED : State.DONE;
    } catch (RefusalException refused) {
      it.why = ". It broke off: " + S3Exception.of(refused).message();
    } finally {
      it.state = end;
      LOG.info("restore of {}: {}", it.what, it.job().words());
    }
  }

  /** Ends a restore after the objects that are under way; returns whether there is such a one. */
  public boolean stop(String id) {
    synchronized (jobs) {
      Running it = jobs.get(id);
      if (it != null) {
        it.restore.stop();
      }
      return it != null;
    }
  }

  @Override
  public List<Job> get() {
    synchronized (jobs) {
      return new ArrayList<>(jobs.values().stream().map(Running::job).toList());
    }
  }
}
