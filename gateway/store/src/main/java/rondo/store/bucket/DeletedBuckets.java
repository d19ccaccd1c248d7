package rondo.store.bucket;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import rondo.metadata.listing.PageCursor;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.GoneBucket;
import rondo.metadata.rows.ShardRange;
import rondo.metadata.shard.ShardFence;
import rondo.metadata.table.Keys;
import rondo.metadata.table.Tables;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.Decision;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.value.Bytes;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;

/**
 * Deleted buckets that can be brought back: they had an undelete window, which hasn't ended since.
 * Thread-safe; the methods throw the exceptions of {@link RowStore}.
 */
public record DeletedBuckets(RowStore rows) {
  private static final int PAGE = 1000;

  /** The result of bringing a bucket back. */
  public enum Return {
    RETURNED,
    /** No deleted bucket of that name is kept. */
    NONE,
    /** There is a bucket of that name. */
    NAME_TAKEN
  }

  /** Lists those that are kept now, by their names; of one name the last deleted first. */
  public List<GoneBucket> list() {
    var kept = new ArrayList<GoneBucket>();
    var all =
        new ScanRange(
            Tables.GONE_BUCKETS, Tables.GONE_PARTITION, Bytes.EMPTY, Bytes.EMPTY, null, PAGE);
    for (Reply.Entry entry : PageCursor.over(all, rows::scan)) {
      Bytes value = entry.value();
      GoneBucket gone = value == null ? null : RowStore.decode(GoneBucket.parser(), value);
      if (gone != null && gone.hasRow() && gone.getKeptUntilMicros() > rows.wallMicros()) {
        kept.add(gone);
      }
    }
    kept.sort(
        Comparator.comparing(GoneBucket::getName)
            .thenComparing(Comparator.comparingLong(GoneBucket::getKeptUntilMicros).reversed()));
    return kept;
  }

  /**
   * Brings the bucket of that name back that was deleted last. A call that was cut off is completed
   * by another one, or in the background.
   */
  public Return bringBack(String name) {
    GoneBucket gone =
        list().stream().filter(it -> it.getName().equals(name)).findFirst().orElse(null);
    if (gone == null) {
      return Return.NONE;
    }
    ConditionalResult update =
        rows.update(
            Keys.bucket(name),
            before ->
                before.isPresent()
                    ? new Decision.Decline()
                    : new Decision.Put(RowStore.encode(gone.getRow())));
    if (update instanceof ConditionalResult.Declined(var before)
        && !isIt(gone, before.value() == null ? Bytes.EMPTY : before.value())) {
      return Return.NAME_TAKEN;
    }
    open(gone);
    rows.write(Keys.gone(RowStore.bytes(gone.getId())), null);
    return Return.RETURNED;
  }

  private static boolean isIt(GoneBucket gone, Bytes value) {
    BucketRow row = RowStore.decode(BucketRow.parser(), value);
    return row.getId().equals(gone.getId()) && row.getPhase() == BucketRow.Phase.LIVE;
  }

  /**
   * Opens the shards that the deletion closed, of a bucket that is back. Those that another
   * deletion has closed stay closed.
   *
   * @throws StoreException NOT_DONE, UNKNOWN
   */
  public void open(GoneBucket gone) {
    Bytes attempt = RowStore.bytes(gone.getAttempt());
    for (ShardRange range : gone.getRow().getShardsList()) {
      rows.update(
          Keys.fence(RowStore.bytes(range.getId())),
          before -> {
            ShardFence fence = ShardFence.of(before.value());
            return fence.isClosedBy(attempt)
                ? new Decision.Put(fence.reopened().value())
                : new Decision.Decline();
          });
    }
  }
}
