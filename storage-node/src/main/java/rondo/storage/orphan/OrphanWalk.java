package rondo.storage.orphan;

import java.util.List;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;
import rondo.storage.chunk.ChunkId;
import rondo.storage.chunk.ChunkOwner;
import rondo.storage.chunk.ListedChunk;
import rondo.storage.extent.ExtentStore;
import rondo.storage.folder.DiskException;

/**
 * Goes slowly through the chunks of this node and drops those that no row names any more. Rows are
 * read in the order in which a blob moves from one to the next (a part, its upload, the object, the
 * references, their objects), so that it can't slip by.
 */
public final class OrphanWalk {
  private static final int PAGE = 100;

  private final ExtentStore store;
  private final BlobNames names;
  private final Time time;
  private final OrphanSettings settings;

  OrphanWalk(ExtentStore store, OwnerRows rows, Time time, OrphanSettings settings) {
    this.store = store;
    this.names = new BlobNames(rows, time);
    this.time = time;
    this.settings = settings;
  }

  /**
   * How a walk went.
   *
   * @param seen chunks
   * @param dropped those that were orphans
   */
  record Walked(long seen, long dropped, Ended ended) {}

  /** Starts to walk again and again in the background; what it returns stops that. */
  public static Runnable start(
      ExtentStore store, Coordinator coordinator, Tasks tasks, Time time, OrphanSettings settings) {
    Mailbox<Boolean> stop = tasks.mailbox();
    var walk = new OrphanWalk(store, OwnerRows.of(coordinator, time), time, settings);
    tasks.start("orphans", () -> walk.run(stop));
    return () -> stop.put(true);
  }

  /** Walks again and again until something is put into {@code stop}. */
  void run(Mailbox<Boolean> stop) {
    Ended ended = Ended.AT_THE_END;
    while (ended != Ended.STOPPED) {
      try {
        ended = walk(stop).ended();
      } catch (DiskException e) {
        // A disk that can't be read: the store says so itself, and the next walk tries again.
        ended = Ended.AT_THE_END;
      }
      if (ended != Ended.STOPPED && stop.take(time.nanos() + settings.rest().toNanos()) != null) {
        ended = Ended.STOPPED;
      }
    }
  }

  /** Why a walk ended. */
  enum Ended {
    AT_THE_END,
    STOPPED
  }

  /** One walk over all chunks, ended early by {@code stop}. */
  Walked walk(Mailbox<Boolean> stop) {
    long seen = 0;
    long dropped = 0;
    ListedChunk last = null;
    boolean orphan = false;
    List<ListedChunk> page = store.list(null, PAGE);
    while (!page.isEmpty()) {
      for (ListedChunk chunk : page) {
        seen++;
        if (last == null || !isSame(last, chunk)) {
          if (stop.take(time.nanos() + settings.pause().toNanos()) != null) {
            return new Walked(seen, dropped, Ended.STOPPED);
          }
          orphan = isOrphan(chunk);
        }
        last = chunk;
        dropped += orphan && drop(chunk.id()) ? 1 : 0;
      }
      page = store.list(page.getLast().id(), PAGE);
    }
    return new Walked(seen, dropped, Ended.AT_THE_END);
  }

  /** The chunks of a blob stand side by side; each was written before its row could be. */
  private static boolean isSame(ListedChunk one, ListedChunk other) {
    return one.id().blob().equals(other.id().blob())
        && one.owner().equals(other.owner())
        && one.ageMicros() <= other.ageMicros();
  }

  private boolean drop(ChunkId id) {
    try {
      return store.drop(id);
    } catch (DiskException e) {
      // The disk says so itself; the next walk tries again.
      return false;
    }
  }

  private boolean isOrphan(ListedChunk chunk) {
    long grace = settings.grace().toNanos() / 1000;
    var owner = ChunkOwner.decode(chunk.owner());
    if (owner == null || chunk.ageMicros() < grace) {
      return false;
    }
    Bytes blob = chunk.id().blob();
    BlobReference named = names.byOwner(owner, blob);
    return named == BlobReference.NAMES_NOT
        && names.evidence(chunk.ageMicros(), named, blob).isOrphan(grace);
  }
}
