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
 * The keys of an available bucket that have concurrent versions: their writers had not seen each
 * other's.
 *
 * @param count versions that conflict with a newer one, in the whole bucket
 * @param first some of the keys, in order
 */
public record VersionConflicts(long count, List<Conflict> first) {
  private static final int PAGE = 1000;

  /** Only a key that is written without end has more versions; the newest ones are compared. */
  private static final int MOST_OF_KEY = 1000;

  /**
   * A key with concurrent versions.
   *
   * @param versions the ids of at least two versions that no other overwrites, the newest first
   */
  public record Conflict(String key, List<String> versions) {}

  /**
   * Counts by walking over all versions of the bucket.
   *
   * @param most the most keys that are named
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
