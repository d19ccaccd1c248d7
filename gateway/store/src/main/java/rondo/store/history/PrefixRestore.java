package rondo.store.history;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import rondo.metadata.listing.PageCursor;
import rondo.metadata.rows.ObjectRow;
import rondo.ring.message.Reply;
import rondo.ring.value.Bytes;
import rondo.store.Store;
import rondo.store.object.ObjectPlace;
import rondo.store.object.StoredObject;
import rondo.store.object.WriteCondition;
import rondo.store.row.Bucket;
import rondo.store.row.RefusalException;
import rondo.store.row.StoreException;

/**
 * Makes the objects under a prefix what they were at a time. Each is written as a new version that
 * shares the blobs of the old one. Objects that came later stay. Run by one thread; its counts may
 * be read by others.
 */
public final class PrefixRestore {
  private static final int PAGE = 500;

  /** Objects at the same time; each waits for some round trips. */
  private static final int AT_ONCE = 16;

  /** A source that keeps going away while it is shared: the walk of the lifecycle has passed it. */
  private static final int MOST_TRIES = 3;

  private final Store store;
  private final Bucket bucket;
  private final HistoryReader reader;
  private final long asOfMicros;

  /** Objects that are as they were then, those that were restored, and those that stay as now. */
  public final LongAdder same = new LongAdder();

  public final LongAdder restored = new LongAdder();
  public final LongAdder changed = new LongAdder();
  private final AtomicReference<@Nullable RefusalException> refusal = new AtomicReference<>();
  private volatile boolean stopped;

  /**
   * @param asOfMicros microseconds since 1970
   */
  public PrefixRestore(Store store, Bucket bucket, long asOfMicros) {
    this.store = store;
    this.bucket = bucket;
    this.asOfMicros = asOfMicros;
    this.reader = new HistoryReader(store);
  }

  /**
   * Requires that the bucket can be read as of that time.
   *
   * @throws StoreException NO_HISTORY
   */
  public void check() {
    HistoryReach.require(bucket, asOfMicros, store.rows().wallMicros());
  }

  /** Ends the run after the objects that are under way. */
  public void stop() {
    stopped = true;
  }

  public boolean isStopped() {
    return stopped;
  }

  /**
   * Restores the objects whose keys begin with {@code prefix}. After a refusal the same run does
   * the rest.
   *
   * @throws StoreException NO_HISTORY, QUOTA_EXCEEDED, STORAGE_FULL, NOT_DONE, UNKNOWN,
   *     NO_SUCH_BUCKET
   */
  public void run(String prefix) {
    var listing = new HistoryListing(store, bucket, Bytes.utf8(prefix), asOfMicros);
    PageCursor all = PageCursor.from(Bytes.EMPTY, from -> listing.page(from, null, PAGE));
    var names = Thread.ofVirtual().name("restore-", 0).factory();
    var room = new Semaphore(AT_ONCE);
    try (ExecutorService threads = Executors.newThreadPerTaskExecutor(names)) {
      for (Reply.Entry entry : all) {
        room.acquireUninterruptibly();
        if (stopped || refusal.get() != null) {
          break;
        }
        String key = entry.sort().utf8();
        threads.execute(() -> {
          try {
            restore(key);
          } catch (RefusalException refused) {
            refusal.compareAndSet(null, refused);
          } finally {
            room.release();
          }
        });
      }
    }
    RefusalException refused = refusal.get();
    if (refused != null) {
      throw refused;
    }
  }

  private void restore(String key) {
    for (int i = 0; i < MOST_TRIES; i++) {
      StoredObject then = reader.find(bucket, key, asOfMicros);
      StoredObject now = store.objects().read(bucket, key);
      if (then == null || (now != null && isSame(then.row(), now.row()))) {
        same.increment();
        return;
      }
      store.quotas().require(bucket, then.row().getSize());
      try {
        if (write(key, then, now == null ? null : now.row()) != null) {
          restored.increment();
          return;
        }
      } catch (OvertakenException _) {
        changed.increment();
        return;
      }
    }
    changed.increment();
  }

  private @Nullable ObjectRow write(String key, StoredObject then, @Nullable ObjectRow now) {
    ObjectRow row = anew(then.row());
    WriteCondition unchanged =
        current ->
            now == null
                ? refusal(current == null)
                : refusal(current != null && current.equals(now));
    var place = new ObjectPlace(bucket, key);
    ObjectRow written =
        row.getSegmentsCount() == 0
            ? store.objects().write(bucket, key, row, unchanged)
            : store.objects().share(place, then, place, row, unchanged);
    if (written != null) {
      store.quotas().wrote(bucket, row.getSize());
    }
    return written;
  }

  private static @Nullable RefusalException refusal(boolean holds) {
    return holds ? null : new OvertakenException();
  }

  /** Whether the object is that of then, or was restored from it and not written since. */
  private static boolean isSame(ObjectRow then, ObjectRow now) {
    return then.getVersion().equals(now.getVersion())
        || (then.getEtag().equals(now.getEtag())
            && then.getSize() == now.getSize()
            && then.getSegmentsList().equals(now.getSegmentsList())
            && then.getInlineData().equals(now.getInlineData())
            && then.getUserMetadataList().equals(now.getUserMetadataList())
            && then.getHeadersList().equals(now.getHeadersList())
            && then.getTagsList().equals(now.getTagsList()));
  }

  /** The row without what belongs to its writing. */
  private ObjectRow anew(ObjectRow then) {
    return then.toBuilder()
        .setModifiedMicros(store.rows().wallMicros())
        .clearVersion()
        .clearNullVersion()
        .clearPromoted()
        .clearChanges()
        .clearNonce()
        .clearUpload()
        .clearReference()
        .clearRenamed()
        .build();
  }

  /** Another write to the key has come first. */
  private static final class OvertakenException extends RefusalException {
    private static final long serialVersionUID = 1;

    OvertakenException() {
      super("another write to the key came first");
    }

    @Override
    public boolean isFault() {
      return false;
    }

    @Override
    public boolean isUnknown() {
      return false;
    }
  }
}
