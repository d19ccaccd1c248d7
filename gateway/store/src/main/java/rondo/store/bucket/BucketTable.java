package rondo.store.bucket;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import rondo.metadata.listing.PageCursor;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.ShardRange;
import rondo.metadata.table.Keys;
import rondo.metadata.table.Tables;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.ConsistencyLevel;
import rondo.ring.coordinate.Decision;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.value.Bytes;
import rondo.ring.value.VersionedValue;
import rondo.store.row.Bucket;
import rondo.store.row.Consistency;
import rondo.store.row.RandomIds;
import rondo.store.row.RowStore;
import rondo.store.row.ShardClosedException;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;

/**
 * The buckets. A bucket's row is read under a short lease. No conclusion that a deletion could have
 * made false rests on a lease alone: a closed shard refuses, and a key that wasn't found is looked
 * for again with a fresh row. Thread-safe.
 */
public final class BucketTable {
  private static final int PAGE = 1000;

  /** A deletion takes some round trips; one that takes longer may have lost its gateway. */
  private static final long DELETION_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** Keys on the move are closed for some milliseconds. */
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
   * The bucket, perhaps as it was up to {@link BucketLeases#LEASE} ago.
   *
   * @throws StoreException NO_SUCH_BUCKET
   */
  public Bucket find(String name) {
    Bucket leased = leases.find(name);
    return leased == null ? fresh(name) : leased;
  }

  /** The bucket under its lease; null when this gateway has none. */
  public @Nullable Bucket leased(String name) {
    return leases.find(name);
  }

  /**
   * Reads the bucket's row anew, and keeps it under a lease.
   *
   * @throws StoreException NO_SUCH_BUCKET
   */
  public Bucket fresh(String name) {
    try {
      BucketLeases.Mark mark = leases.mark();
      Bucket bucket = read(name);
      if (bucket == null) {
        leases.forget(name);
        throw noSuchBucket(name);
      }
      leases.keep(mark, bucket);
      return bucket;
    } catch (StoreException refusal) {
      return ofOneReplica(name, refusal);
    }
  }

  /** The bucket as one replica has it, for a request that asks for no more. It gets no lease. */
  private Bucket ofOneReplica(String name, StoreException refusal) {
    if (refusal.reason() != Reason.NOT_DONE
        || Consistency.current().level() != ConsistencyLevel.ONE) {
      throw refusal;
    }
    Bucket bucket = bucket(name, rows.readSomehow(Keys.bucket(name), 0));
    if (bucket == null) {
      throw noSuchBucket(name);
    }
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
   * Makes a bucket of one shard unless the name is taken.
   *
   * @return null when it was made; else the bucket that has the name
   */
  public @Nullable Bucket create(String name, String owner, String region) {
    return create(name, BucketRow.newBuilder().setOwner(owner).setRegion(region).build());
  }

  /**
   * Makes a bucket of one shard unless the name is taken.
   *
   * @param template the row without its id, its time and its shards
   * @return null when it was made; else the bucket that has the name
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
   * Lists the buckets of one owner in the order of their names.
   *
   * @param after lists only names behind this one; empty for all
   */
  public List<Bucket> list(String owner, String prefix, String after, int limit) {
    return list(prefix, after, limit, bucket -> bucket.owner().equals(owner));
  }

  /**
   * Lists the buckets of all owners in the order of their names.
   *
   * @param after lists only names behind this one; empty for all
   */
  public List<Bucket> listAll(String after, int limit) {
    return list("", after, limit, bucket -> true);
  }

  private List<Bucket> list(String prefix, String after, int limit, Predicate<Bucket> isWanted) {
    var found = new ArrayList<Bucket>();
    Bytes from = after.isEmpty() ? Bytes.EMPTY : PageCursor.behind(Bytes.utf8(after));
    var all =
        new ScanRange(
            Tables.BUCKETS, Tables.BUCKETS_PARTITION, Bytes.utf8(prefix), from, null, PAGE);
    for (Reply.Entry entry : PageCursor.over(all, rows::scan)) {
      Bucket bucket = bucket(entry.sort().utf8(), new VersionedValue(entry.stamp(), entry.value()));
      if (bucket != null && isWanted.test(bucket)) {
        found.add(bucket);
      }
      if (found.size() == limit) {
        return found;
      }
    }
    return found;
  }

  /**
   * Changes a bucket's row, unless the bucket is being deleted. When this returns, no gateway uses
   * the row as it was before.
   *
   * @throws StoreException NO_SUCH_BUCKET, BUCKET_CHANGED; AVAILABLE_BUCKET for a promise that an
   *     available bucket can't keep
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
   * @throws StoreException BUCKET_NOT_EMPTY, NO_SUCH_BUCKET; BUCKET_CHANGED when another deletion
   *     of the bucket is under way
   */
  public void remove(Bucket bucket) {
    try {
      removal.remove(bucket.name());
    } finally {
      leases.forget(bucket.name());
    }
  }

  /**
   * Runs {@code work} on the bucket's row, which includes every change that was acknowledged
   * before. Runs it again with a fresh row when a shard turns out to be closed. Completes a
   * deletion that doesn't end by itself first.
   *
   * @throws StoreException NO_SUCH_BUCKET; OTHER_OWNER; NOT_DONE when the shard stays closed
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

  /** Checks now and then whether the mover of closed keys is still alive. */
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
   * Reads the row of the bucket that has this name now. The caller's leased row doesn't prove that
   * its bucket is still there: it may be gone, and the name may belong to another account's bucket.
   *
   * @throws StoreException NO_SUCH_BUCKET; OTHER_OWNER for another account's bucket
   */
  public Bucket successor(Bucket bucket) {
    Bucket now = fresh(bucket.name());
    if (!now.owner().equals(bucket.owner())) {
      throw new StoreException(Reason.OTHER_OWNER);
    }
    return now;
  }
}
