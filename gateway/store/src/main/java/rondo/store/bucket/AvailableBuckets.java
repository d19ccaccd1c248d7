package rondo.store.bucket;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.util.concurrent.TimeUnit;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.table.Keys;
import rondo.ring.value.VersionedValue;
import rondo.store.row.Bucket;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;

/**
 * The rules of available buckets: the bucket's row is read without a quorum if need be, and the
 * bucket promises nothing that only a quorum can keep. Thread-safe.
 *
 * <p>A gateway that is cut off uses the row that the replicas within its reach have. It may miss a
 * change of an available bucket's settings until it is connected again.
 */
final class AvailableBuckets {
  /** The time for a quorum to give the row of a known available bucket, before any replica may. */
  private static final long PATIENCE_NANOS = TimeUnit.MILLISECONDS.toNanos(500);

  private static final long MOST = 10_000;

  private final RowStore rows;
  private final Cache<String, Boolean> known = Caffeine.newBuilder().maximumSize(MOST).build();

  AvailableBuckets(RowStore rows) {
    this.rows = rows;
  }

  /**
   * Reads the state of a bucket's row. Without a quorum, an available bucket's row comes from any
   * replica that answers.
   *
   * @throws StoreException NOT_DONE
   */
  VersionedValue read(String name) {
    if (known.getIfPresent(name) != null) {
      return rows.readSomehow(Keys.bucket(name), PATIENCE_NANOS);
    }
    VersionedValue state;
    try {
      state = rows.read(Keys.bucket(name));
    } catch (StoreException unreachable) {
      state = rows.readSomehow(Keys.bucket(name), 0);
      if (!isAvailable(state)) {
        throw unreachable;
      }
    }
    if (isAvailable(state)) {
      known.put(name, true);
    }
    return state;
  }

  static boolean isAvailable(VersionedValue state) {
    return state.value() != null
        && RowStore.decode(BucketRow.parser(), state.value()).getAvailable();
  }

  /**
   * Returns the row, unless it promises what an available bucket can't keep.
   *
   * @throws StoreException AVAILABLE_BUCKET
   */
  static BucketRow checked(BucketRow row) {
    if (!row.getAvailable()) {
      return row;
    }
    if (row.getVersioning() == BucketRow.Versioning.SUSPENDED) {
      throw refused("has versioning or never had it: a null version can't be in conflict");
    }
    if (row.hasObjectLock()) {
      throw refused("locks no objects: a node that is cut off doesn't know of it");
    }
    if (row.hasUndeleteWindow()) {
      throw refused("has no undelete window: what was current at a time is not agreed there");
    }
    if (row.hasLifecycle()) {
      throw refused("has no lifecycle rules: they judge what is current");
    }
    if (row.hasMove()) {
      throw refused("has no shards on the move: try again in a while");
    }
    if (!Bucket.isHome(row)) {
      throw refused("keeps its number of copies: its keys don't move");
    }
    return row;
  }

  private static StoreException refused(String what) {
    return new StoreException(Reason.AVAILABLE_BUCKET, "An available bucket " + what + '.');
  }
}
