package rondo.store.row;

import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.Segment;
import rondo.metadata.rows.ShardRange;
import rondo.metadata.shard.ShardRanges;
import rondo.metadata.table.RowKey;
import rondo.ring.placement.Quorums;
import rondo.ring.placement.Ring;
import rondo.ring.value.Bytes;
import rondo.ring.value.Stamp;
import rondo.store.blob.BlobStore;

/**
 * A bucket as it was when its row was read.
 *
 * @param stamp the row's stamp
 */
public record Bucket(String name, BucketRow row, Stamp stamp) {
  public String owner() {
    return row.getOwner();
  }

  /**
   * Whether its objects may be written and read without a quorum (availability over consistency).
   */
  public boolean isAvailable() {
    return row.getAvailable();
  }

  /** Whether writes and deletions leave older versions behind, for good or for a while. */
  public boolean keepsVersions() {
    return showsVersions() || keepsHistory();
  }

  /** Whether clients see versions and their ids. */
  public boolean showsVersions() {
    return row.getVersioning() != BucketRow.Versioning.UNVERSIONED || isAvailable();
  }

  /**
   * Whether versions are the history of an undelete window, present or past: clients see them by
   * as-of reads alone.
   */
  public boolean keepsHistory() {
    return row.hasUndeleteWindow();
  }

  /** The quorums that its objects ask for beyond the layout's. */
  public Quorums quorums() {
    return row.hasQuorums()
        ? new Quorums(row.getQuorums().getR(), row.getQuorums().getW())
        : Quorums.OF_LAYOUT;
  }

  /** The class of copies of its new shards and blobs. */
  public int copyClass() {
    return row.getCopyClass();
  }

  /** The blob store for new blobs of this bucket, with its quorums and number of copies. */
  public BlobStore blobs(BlobStore all) {
    return all.withQuorums(quorums(), isAvailable(), copyClass());
  }

  /** Whether all of these blobs have the bucket's number of copies. */
  public boolean isHome(List<Segment> blobs) {
    return blobs.stream().allMatch(it -> Ring.classOf(RowStore.bytes(it.getBlob())) == copyClass());
  }

  /** Whether all shards have the bucket's number of copies. */
  public static boolean isHome(BucketRow row) {
    return row.getShardsList().stream()
        .allMatch(shard -> Ring.classOf(RowStore.bytes(shard.getId())) == row.getCopyClass());
  }

  /** Whether this is the same bucket, not another one under the same name. */
  public boolean sameAs(Bucket other) {
    return row.getId().equals(other.row.getId());
  }

  public boolean isDeleting() {
    return row.getPhase() == BucketRow.Phase.DELETING;
  }

  /** The shard that holds the key: the partition key of the key's rows. */
  public Bytes shardOf(Bytes key) {
    return ShardRanges.shardOf(row, key);
  }

  /** All shards, in the order of their keys. */
  public List<Bytes> shards() {
    return row.getShardsList().stream().map(range -> RowStore.bytes(range.getId())).toList();
  }

  /** A shard and the end of its keys, exclusive; null for no end. */
  public record Span(Bytes shard, @Nullable Bytes to) {}

  /** The shards that may hold keys with that prefix at or behind {@code from}, in order. */
  public List<Span> spans(Bytes prefix, Bytes from) {
    Bytes end = RowKey.after(prefix);
    Bytes start = from.compareTo(prefix) > 0 ? from : prefix;
    List<ShardRange> all = row.getShardsList();
    return all.subList(all.indexOf(ShardRanges.of(row, start)), all.size()).stream()
        .takeWhile(range -> end == null || RowStore.bytes(range.getFrom()).compareTo(end) < 0)
        .map(range -> new Span(RowStore.bytes(range.getId()), ShardRanges.end(row, range)))
        .toList();
  }
}
