package rondo.server.storage;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rondo.server.health.HealthCause;
import rondo.server.health.HealthQuestion;
import rondo.server.health.HealthReason;
import rondo.server.space.DiskSpace;
import rondo.server.space.DiskUse;
import rondo.storage.extent.ExtentStore;
import rondo.storage.extent.LeavingFolder;
import rondo.storage.folder.DiskException;

/**
 * Adds data folders to a running node, and sends them away. An order that makes no sense is refused
 * by an {@link IllegalArgumentException}, whose message is a sentence for the operator.
 * Thread-safe.
 */
public final class DiskOrders {
  private static final double MIB = 1 << 20;
  private static final int TWO = 2;

  /** The answer to an order about a folder that can't be read. */
  private static final long FORGOTTEN = -1;

  private final KnownFolders known;
  private final ExtentStore extents;
  private final DiskSpace space;

  DiskOrders(KnownFolders known, ExtentStore extents, DiskSpace space) {
    this.known = known;
    this.extents = extents;
    this.space = space;
  }

  /** The paths of all folders, the first data folder first. */
  public List<Path> folders() {
    return known.paths();
  }

  /** Why a folder doesn't work; null when it does. */
  public @Nullable String failure(Path folder) {
    String path = folder.toString();
    return extents.failures().stream()
        .filter(line -> line.startsWith(path + " ") || line.startsWith(path + "/"))
        .findFirst()
        .orElse(null);
  }

  /**
   * The folder of this path.
   *
   * @throws IllegalArgumentException when this node has none
   */
  public Path find(Path path) {
    return own(path)
        .orElseThrow(() ->
            new IllegalArgumentException(
                "'%s' is no data folder of this node; there are %s".formatted(path, folders())));
  }

  private Optional<Path> own(Path path) {
    return folders().stream().filter(new FolderCandidate(path)::isSame).findFirst();
  }

  /**
   * Adds a folder, which this node then uses and remembers.
   *
   * @return the data folder on whose disk it is; empty when it has a disk of its own
   */
  public Optional<Path> add(Path path) {
    synchronized (known.ordering()) {
      var candidate = new FolderCandidate(path);
      candidate.check(known);
      Optional<Path> beside = folders().stream().filter(candidate::isOnDiskOf).findFirst();
      try {
        ChunkFolder folder = known.add(path);
        boolean done = false;
        try {
          extents.changes().add(folder);
          done = true;
        } finally {
          if (!done) {
            known.takeBack(folder);
          }
        }
      } catch (DiskException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
      space.watch(path);
      return beside;
    }
  }

  /**
   * Sends a folder away: it takes no new chunks, and those it has move to this node's others.
   *
   * @return the bytes that are to move; -1 when it can't be read, and is only forgotten
   */
  public long drain(Path path) {
    synchronized (known.ordering()) {
      Path folder = find(path);
      checkMayLeave(folder);
      if (!isOpen(folder)) {
        known.forget(folder);
        return FORGOTTEN;
      }
      String there = ChunkFolder.extents(folder);
      long needed = extents.changes().liveBytes(there);
      long room = room(folder, needed);
      if (needed > room) {
        throw new IllegalArgumentException(
            "'%s' has %.1f MiB of chunks, and the other disks of this node take %.1f MiB more: add a disk first, by 'rondo disk add FOLDER'"
                .formatted(folder, needed / MIB, room / MIB));
      }
      leave(folder, true);
      return needed;
    }
  }

  private void checkMayLeave(Path folder) {
    if (folder.equals(folders().getFirst())) {
      throw new IllegalArgumentException(
          "'%s' has the metadata, which can't move: stop the node, copy the folder to another disk, and name that one first in 'data'"
              .formatted(folder));
    }
    if (known.isLeaving(folder)) {
      throw new IllegalArgumentException(
          "'%s' leaves already: 'rondo disk list' shows how far that is".formatted(folder));
    }
    if (!isOpen(folder) && known.isConfigured(folder)) {
      throw new IllegalArgumentException(
          "'%s' can't be read now, so nothing can be moved from it: bring its disk back, or take it out of 'data' and restart the node, which then fetches its chunks from other nodes"
              .formatted(folder));
    }
    if (others(folder).findAny().isEmpty()) {
      throw new IllegalArgumentException(
          "no other folder of this node works and stays, so '%s' can't leave: add one first, by 'rondo disk add FOLDER'"
              .formatted(folder));
    }
  }

  private boolean isOpen(Path folder) {
    return extents.changes().isOpen(ChunkFolder.extents(folder));
  }

  private Stream<Path> others(Path folder) {
    return folders().stream()
        .filter(it -> !it.equals(folder) && !known.isLeaving(it) && failure(it) == null);
  }

  /** How many bytes the disks of the other folders take, with what the move frees on them. */
  private long room(Path folder, long needed) {
    List<DiskUse> disks =
        others(folder).map(space::use).filter(Objects::nonNull).distinct().toList();
    long free =
        disks.stream().mapToLong(it -> it.freeBytes() - it.keptBytes()).filter(it -> it > 0).sum();
    DiskUse own = space.use(folder);
    return own != null && disks.contains(own) ? free + needed : free;
  }

  /** Takes the order that a folder leaves back; chunks that have moved stay where they are. */
  public void cancel(Path path) {
    synchronized (known.ordering()) {
      Path folder = find(path);
      if (!known.isLeaving(folder)) {
        throw new IllegalArgumentException(
            "'%s' doesn't leave: nothing is to be taken back".formatted(folder));
      }
      leave(folder, false);
    }
  }

  private void leave(Path folder, boolean leaves) {
    try {
      known.leave(folder, leaves);
    } catch (DiskException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    extents.changes().leave(ChunkFolder.extents(folder), leaves);
  }

  /** How far a folder is that leaves; null when it stays. */
  public @Nullable LeavingFolder leaving(Path folder) {
    return leaving(extents, folder);
  }

  private static @Nullable LeavingFolder leaving(ExtentStore extents, Path folder) {
    return extents.changes().leaving().stream()
        .filter(it -> it.path().equals(ChunkFolder.extents(folder)))
        .findFirst()
        .orElse(null);
  }

  /** How far a folder is that leaves, in words. */
  public String progress(Path folder, LeavingFolder state) {
    if (state.isEmpty()) {
      return known.isConfigured(folder)
          ? "empty: take it out of data and restart the node; then the disk may go"
          : "empty: restart the node, which doesn't open it any more; then the disk may go";
    }
    if (state.leftBytes() < 0) {
      return "it can't be read now: nothing moves";
    }
    String left = "%.1f MiB are left to move".formatted(state.leftBytes() / MIB);
    if (state.waiting()) {
      return left + ", and wait: the other disks of this node have no room. Add one, or delete";
    }
    String damaged =
        state.damagedChunks() == 0
            ? ""
            : "; %d damaged chunks stay until copies of other nodes replace them: see 'rondo scrub'"
                .formatted(state.damagedChunks());
    return left
        + (state.secondsLeft() < 0 ? "" : ", about " + duration(state.secondsLeft()))
        + damaged;
  }

  private static String duration(long seconds) {
    long minutes = seconds / 60;
    return minutes >= TWO * 60
        ? minutes / 60 + " hours"
        : minutes >= TWO ? minutes + " minutes" : seconds + " seconds";
  }

  /** What an operator should know about folders that can't leave as they should. */
  public List<HealthReason> warnings() {
    return folders().stream()
        .flatMap(folder ->
            Stream.ofNullable(leaving(folder))
                .filter(LeavingFolder::waiting)
                .map(state ->
                    new HealthReason(
                        HealthQuestion.WHOLE,
                        HealthCause.DRAIN_WAITS,
                        Math.max(1, state.leftBytes()),
                        "%s leaves, but %s.".formatted(folder, progress(folder, state)))))
        .toList();
  }

  /** Forgets the folders that only orders have added, once they have left. */
  static void forgetEmpty(KnownFolders known, ExtentStore extents) {
    try {
      known.forgetEmpty(folder -> {
        LeavingFolder state = leaving(extents, folder);
        return state != null && state.isEmpty();
      });
    } catch (DiskException e) {
      // The first folder can't be written now: it is tried again a second later.
    }
  }
}
