package rondo.server.boot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.streaming.MoveProgress;
import rondo.s3.rewrap.MasterKeyRewrap;
import rondo.s3.rewrap.RewrapView;
import rondo.server.live.Job;
import rondo.server.live.Job.State;
import rondo.server.undelete.RestoreJobs;
import rondo.storage.extent.LeavingFolder;

/**
 * Gathers the long work of a node: moves, repair and rebuild, readings of disks, folders that
 * leave, master keys, and restores of prefixes. Thread-safe.
 *
 * @param rewrap null on a node without master keys
 */
record NodeJobs(NodeStatus status, @Nullable MasterKeyRewrap rewrap, RestoreJobs restores)
    implements Supplier<List<Job>> {
  private static final long UNKNOWN = -1;

  @Override
  public List<Job> get() {
    var jobs = new ArrayList<Job>();
    addMove(jobs);
    addRepair(jobs);
    addScrubs(jobs);
    addFolders(jobs);
    if (rewrap != null) {
      addKeys(jobs, rewrap.view());
    }
    jobs.addAll(restores.get());
    return jobs;
  }

  private void addMove(List<Job> jobs) {
    MoveProgress progress = status.membership().progress();
    var layout = status.membership().layout();
    if (layout == null || !layout.joint()) {
      return;
    }
    boolean here = progress.epoch() == layout.epoch() && progress.done() < progress.total();
    jobs.add(
        new Job(
            "layout-" + layout.epoch(),
            here ? State.RUNNING : State.WAITING,
            here
                ? "Partitions of the new layout are copied to this node."
                : "This node has its partitions; other nodes still copy theirs.",
            progress.done(),
            progress.total(),
            "partitions",
            here ? progress.secondsLeft() : UNKNOWN));
  }

  private void addRepair(List<Job> jobs) {
    int lost = status.repair().rebuild().ranges();
    Map<String, Long> gauges = status.repair().report().gauges();
    if (lost > 0) {
      jobs.add(
          new Job(
              "rebuild",
              State.RUNNING,
              "%d ranges of keys that damage took are rebuilt from other nodes.".formatted(lost),
              0,
              0,
              "",
              UNKNOWN));
    }
    long lacking = gauges.getOrDefault("repair_partitions_under_replicated", 0L);
    long chunks = gauges.getOrDefault("repair_chunks_missing", 0L);
    if (lacking + chunks > 0) {
      jobs.add(
          new Job(
              "repair",
              gauges.getOrDefault("repair_partitions_unreachable", 0L) > 0
                  ? State.WAITING
                  : State.RUNNING,
              "%d partitions lack rows on a node, and %d chunks are missing here."
                  .formatted(lacking, chunks),
              0,
              0,
              "",
              gauges.getOrDefault("repair_seconds_left", UNKNOWN)));
    }
  }

  private void addScrubs(List<Job> jobs) {
    int number = 0;
    Map<String, Object> view = status.storage().upkeep().view();
    if (view.get("folders") instanceof List<?> folders) {
      for (Object folder : folders) {
        if (folder instanceof Map<?, ?> one) {
          addScrub(jobs, "scrub-" + number++, String.valueOf(one.get("folder")), one);
        }
      }
    }
    addScrub(jobs, "scrub-metadata", "the metadata", status.storage().metadataScrub().view());
  }

  private static void addScrub(List<Job> jobs, String id, String what, Map<?, ?> view) {
    boolean runs = Boolean.TRUE.equals(view.get("running"));
    String ended = String.valueOf(view.get("lastEnded"));
    if (runs || !ended.equals("not yet")) {
      jobs.add(
          new Job(
              id,
              runs ? State.RUNNING : State.DONE,
              runs
                  ? "Everything in %s is read and verified.".formatted(what)
                  : "Everything in %s was verified, last at %s.".formatted(what, ended),
              0,
              0,
              "",
              UNKNOWN));
    }
  }

  private void addFolders(List<Job> jobs) {
    int number = 0;
    for (Path folder : status.storage().orders().folders()) {
      LeavingFolder leaving = status.storage().orders().leaving(folder);
      if (leaving != null) {
        jobs.add(
            new Job(
                "drain-" + number,
                leaving.isEmpty() ? State.DONE : leaving.waiting() ? State.WAITING : State.RUNNING,
                "%s leaves: %s."
                    .formatted(folder, status.storage().orders().progress(folder, leaving)),
                0,
                0,
                "",
                leaving.secondsLeft()));
      }
      number++;
    }
  }

  private static void addKeys(List<Job> jobs, RewrapView view) {
    State state =
        switch (view.phase()) {
          case NONE -> null;
          case COUNTING, RESEALING, CHECKING -> State.RUNNING;
          case DONE -> State.DONE;
          case STOPPED -> State.STOPPED;
          case FAILED -> State.FAILED;
        };
    if (state != null) {
      jobs.add(
          new Job(
              "master-keys",
              state,
              "Rows under master keys: %s, %d read, %d resealed."
                  .formatted(
                      view.phase().name().toLowerCase(Locale.ROOT),
                      view.walk().rowsRead(),
                      view.walk().rowsResealed()),
              view.walk().rowsResealed(),
              view.walk().rowsUnderOlder(),
              "rows",
              view.walk().remainingSeconds()));
    }
  }
}
