package rondo.store.bucket;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import rondo.metadata.listing.PageCursor;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ShardRange;
import rondo.metadata.table.Keys;
import rondo.metadata.table.Tables;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.Decision;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.value.Bytes;
import rondo.ring.value.VersionedValue;
import rondo.store.row.Bucket;
import rondo.store.row.RandomIds;
import rondo.store.row.RowStore;
import rondo.store.row.ShardClosedException;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;

/**
 * The buckets. A bucket's row is read under a short lease: nothing is ever concluded from a lease
 * alone that a deletion could have made false, since a shard that was closed refuses, and what
 * wasn't found is looked for again with the row read afresh. Thread-safe.
 */
public final class BucketTable {
  private static final int PAGE = 1000;

  /** A deletion takes some round trips; one that takes longer has perhaps lost its gateway. */
  private static final long DELETION_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Keys that move are closed for some milliseconds. */
  private static final long SETTLE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(20);

  private final RowStore rows;
  private final RandomIds ids;
  private final BucketRemoval removal;
  private final BucketLeases leases;
  private final AvailableBuckets availability;

  public BucketTable(RowStore rows, RandomIds ids, BlobReleases releases, BucketLeases leases) {
    this.rows = rows;
    this.ids = ids;
    this.leases = leases;
    this.removal = new BucketRemoval(rows, releases);
    this.availability = new AvailableBuckets(rows);
  }

  /**
   * The bucket, perhaps as it was some seconds ago.
   *
   * @throws StoreException NO_SUCH_BUCKET
   */
  public Bucket find(String name) {
    Bucket leased = leases.find(name);
    return leased == null ? fresh(name) : leased;
  }

  /** The bucket as it was some seconds ago; null when nobody has asked for it meanwhile. */
  public @Nullable Bucket leased(String name) {
    return leases.find(name);
  }

  /**
   * The bucket as it is now.
   *
   * @throws StoreException NO_SUCH_BUCKET
   */
  public Bucket fresh(String name) {
    BucketLeases.Mark mark = leases.mark();
    Bucket bucket = read(name);
    if (bucket == null) {
      leases.forget(name);
      throw noSuchBucket(name);
    }
    leases.keep(mark, bucket);
    return bucket;
  }

  private @Nullable Bucket read(String name) {
    return bucket(name, availability.read(name));
  }

  static @Nullable Bucket bucket(String name, VersionedValue state) {
    return state.value() == null
        ? null
        : new Bucket(name, RowStore.decode(BucketRow.parser(), state.value()), state.stamp());
  }

  static StoreException noSuchBucket(String name) {
    return new StoreException(Reason.NO_SUCH_BUCKET, name);
  }

  /**
   * Makes a bucket unless there is one of that name, which is then returned.
   *
   * @return null when it was made
   */
  public @Nullable Bucket create(String name, String owner, String region) {
    return create(name, BucketRow.newBuilder().setOwner(owner).setRegion(region).build());
  }

  /**
   * Makes a bucket unless there is one of that name, which is then returned.
   *
   * @param template all but its identity, its time and its shards
   * @return null when it was made
   */
  public @Nullable Bucket create(String name, BucketRow template) {
    BucketRow row =
        template.toBuilder()
            .setId(RowStore.text(ids.next()))
            .setCreatedMicros(rows.wallMicros())
            .addShards(ShardRange.newBuilder().setId(RowStore.text(ids.next())))
            .build();
    ConditionalResult update =
        rows.update(
            Keys.bucket(name),
            before ->
                before.isPresent()
                    ? new Decision.Decline()
                    : new Decision.Put(RowStore.encode(row)));
    leases.forget(name);
    return update instanceof ConditionalResult.Declined(VersionedValue before)
        ? bucket(name, before)
        : null;
  }

  /**
   * Buckets of one owner in the order of their names.
   *
   * @param after names behind this one; empty for all
   */
  public List<Bucket> list(String owner, String prefix, String after, int limit) {
    var found = new ArrayList<Bucket>();
    Bytes from = after.isEmpty() ? Bytes.EMPTY : PageCursor.behind(Bytes.utf8(after));
    var all =
        new ScanRange(
            Tables.BUCKETS, Tables.BUCKETS_PARTITION, Bytes.utf8(prefix), from, null, PAGE);
    for (Reply.Entry entry : PageCursor.over(all, rows::scan)) {
      Bucket bucket = bucket(entry.sort().utf8(), new VersionedValue(entry.stamp(), entry.value()));
      if (bucket != null && bucket.owner().equals(owner)) {
        found.add(bucket);
      }
      if (found.size() == limit) {
        return found;
      }
    }
    return found;
  }

  /**
   * Changes a bucket's row, unless it is being deleted. When it returns, no gateway goes by the row
   * as it was before.
   *
   * @throws StoreException NO_SUCH_BUCKET, BUCKET_CHANGED
   */
  public void change(Bucket bucket, UnaryOperator<BucketRow> change) {
    ConditionalResult update =
        rows.update(
            Keys.bucket(bucket.name()),
            before -> {
              Bucket now = bucket(bucket.name(), before);
              return now == null || !now.sameAs(bucket) || now.isDeleting()
                  ? new Decision.Decline()
                  : new Decision.Put(
                      RowStore.encode(AvailableBuckets.checked(change.apply(now.row()))));
            });
    leases.forgetEverywhere(bucket.name());
    if (update instanceof ConditionalResult.Declined(VersionedValue before)) {
      throw before.isPresent()
          ? new StoreException(Reason.BUCKET_CHANGED)
          : noSuchBucket(bucket.name());
    }
  }

  /**
   * Removes an empty bucket.
   *
   * @throws StoreException BUCKET_NOT_EMPTY, NO_SUCH_BUCKET, BUCKET_CHANGED when another deletion
   *     of it goes on
   */
  public void remove(Bucket bucket) {
    try {
      removal.remove(bucket.name());
    } finally {
      leases.forget(bucket.name());
    }
  }

  /**
   * Does {@code work} in the bucket as it is after every change that was answered, whatever it was
   * when the request began; again with its newest row when that turns out to be closed. A deletion
   * that doesn't come to its end is brought there first.
   *
   * @throws StoreException NO_SUCH_BUCKET
   */
  public <T> T in(Bucket bucket, Function<Bucket, T> work) {
    Bucket now = bucket;
    long waitedUntil = rows.nanos() + DELETION_NANOS;
    long settleAt = rows.nanos() + SETTLE_NANOS;
    while (true) {
      Bucket expected = now;
      try {
        return leases.within(bucket.name(), () -> work.apply(current(expected)));
      } catch (ShardClosedException closed) {
        now = successor(bucket);
        if (rows.nanos() > waitedUntil + DELETION_NANOS) {
          throw new StoreException(Reason.NOT_DONE);
        }
        if (now.isDeleting() && rows.nanos() > waitedUntil) {
          removal.finish(now);
        } else {
          settleAt = settle(now, settleAt);
          rows.pause(PAUSE_NANOS);
        }
      }
    }
  }

  /** Looks now and then whether the mover of closed keys is still there. */
  private long settle(Bucket now, long settleAt) {
    if (now.isDeleting() || rows.nanos() < settleAt) {
      return settleAt;
    }
    rows.settle(now.row());
    return rows.nanos() + SETTLE_NANOS;
  }

  private Bucket current(Bucket expected) {
    Bucket found = find(expected.name());
    return found.sameAs(expected) ? found : expected;
  }

  /**
   * The bucket as it is now. That one was there under a lease said nothing: it may be gone, or be
   * another one, whose owner this caller need not be.
   *
   * @throws StoreException NO_SUCH_BUCKET, OTHER_OWNER
   */
  public Bucket successor(Bucket bucket) {
    Bucket now = fresh(bucket.name());
    if (!now.owner().equals(bucket.owner())) {
      throw new StoreException(Reason.OTHER_OWNER);
    }
    return now;
  }
}
