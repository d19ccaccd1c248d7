package rondo.store.listing;

import java.util.ArrayList;
import java.util.List;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.table.Tables;
import rondo.metadata.table.VersionRows;
import rondo.ring.message.Reply;
import rondo.ring.value.Bytes;
import rondo.store.object.SiblingVersions;
import rondo.store.object.VersionId;
import rondo.store.row.Bucket;
import rondo.store.row.RowStore;

/**
 * The keys of an available bucket whose newest writes had not seen each other.
 *
 * @param count of versions that conflict with one that is newer, in the whole bucket
 * @param first some of the keys, in order
 */
public record VersionConflicts(long count, List<Conflict> first) {
  private static final int PAGE = 1000;

  /** Far more than a key has unless it is written without end; the newest are looked at. */
  private static final int MOST_OF_KEY = 1000;

  /**
   * One key.
   *
   * @param versions which nobody has overwritten, the newest first: at least two
   */
  public record Conflict(String key, List<String> versions) {}

  /**
   * Counts by walking all versions of the bucket.
   *
   * @param most keys that are named
   */
  public static VersionConflicts of(BucketListing listing, Bucket bucket, int most) {
    var walk = new Walk(most);
    listing.walk(bucket, Tables.VERSIONS, Bytes.EMPTY, Bytes.EMPTY, PAGE).forEach(walk::add);
    walk.end();
    return new VersionConflicts(walk.count, List.copyOf(walk.first));
  }

  private static final class Walk {
    private final int most;
    private final List<Conflict> first = new ArrayList<>();
    private final List<ObjectRow> versions = new ArrayList<>();
    private Bytes key = Bytes.EMPTY;
    private long count;

    Walk(int most) {
      this.most = most;
    }

    void add(Reply.Entry entry) {
      Bytes next = VersionRows.key(entry.sort());
      if (!next.equals(key)) {
        end();
        key = next;
      }
      if (entry.value() != null && versions.size() < MOST_OF_KEY) {
        versions.add(RowStore.decode(ObjectRow.parser(), entry.value()));
      }
    }

    void end() {
      List<ObjectRow> newest = SiblingVersions.newest(versions);
      versions.clear();
      if (newest.size() > 1) {
        count += newest.size() - 1;
        if (first.size() < most) {
          first.add(
              new Conflict(
                  key.utf8(), newest.stream().map(row -> VersionId.of(row).toString()).toList()));
        }
      }
    }
  }
}
