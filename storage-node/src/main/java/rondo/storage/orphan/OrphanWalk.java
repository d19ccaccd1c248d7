package rondo.storage.orphan;

import java.util.List;
import java.util.function.BooleanSupplier;
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
 * Walks slowly through the chunks of this node and drops the orphans: chunks that no row names any
 * more. It asks {@link BlobNames}, which reads rows in such an order that a blob can't slip by.
 */
public final class OrphanWalk {
  private static final int PAGE = 100;

  private final ExtentStore store;
  private final BlobNames names;
  private final Time time;
  private final OrphanSettings settings;
  private BooleanSupplier held = () -> false;

  OrphanWalk(ExtentStore store, OwnerRows rows, Time time, OrphanSettings settings) {
    this.store = store;
    this.names = new BlobNames(rows, time);
    this.time = time;
    this.settings = settings;
  }

  /**
   * The result of a walk.
   *
   * @param seen how many chunks it looked at
   * @param dropped how many were orphans
   * @param ended why it ended
   */
  record Walked(long seen, long dropped, Ended ended) {}

  /**
   * Starts walks in the background, one after the other; the returned action stops them.
   *
   * @param held whether no chunk may be dropped now
   */
  public static Runnable start(
      ExtentStore store,
      Coordinator coordinator,
      Tasks tasks,
      Time time,
      OrphanSettings settings,
      BooleanSupplier held) {
    Mailbox<Boolean> stop = tasks.mailbox();
    var walk = new OrphanWalk(store, OwnerRows.of(coordinator, time), time, settings);
    walk.held = held;
    tasks.start("orphans", () -> walk.run(stop));
    return () -> stop.put(true);
  }

  /** Walks again and again until a message arrives in {@code stop}. */
  void run(Mailbox<Boolean> stop) {
    Ended ended = Ended.AT_THE_END;
    while (ended != Ended.STOPPED) {
      try {
        ended = walk(stop).ended();
      } catch (DiskException e) {
        // A disk that can't be read: the store reports it, and the next walk tries again.
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

  /** Walks once over all chunks; a message in {@code stop} ends it early. */
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

  /**
   * Whether the verdict on a chunk holds for the next one too: they have one blob and one owner,
   * and the next isn't younger. The chunks of a blob are adjacent, and each was written before the
   * blob's row could be.
   */
  private static boolean isSame(ListedChunk one, ListedChunk other) {
    return one.id().blob().equals(other.id().blob())
        && one.owner().equals(other.owner())
        && one.ageMicros() <= other.ageMicros();
  }

  private boolean drop(ChunkId id) {
    try {
      return !held.getAsBoolean() && store.drop(id);
    } catch (DiskException e) {
      // The store reports it; the next walk tries again.
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
