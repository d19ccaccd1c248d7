package rondo.store.upload;

import com.google.protobuf.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rondo.metadata.listing.PageCursor;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.PartRow;
import rondo.metadata.rows.Segment;
import rondo.metadata.rows.UploadRow;
import rondo.metadata.table.Keys;
import rondo.metadata.table.Tables;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.Decision;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.value.Bytes;
import rondo.ring.value.VersionedValue;
import rondo.store.bucket.BlobReleases;
import rondo.store.bucket.BucketTable;
import rondo.store.listing.BucketListing;
import rondo.store.row.Bucket;
import rondo.store.row.RandomIds;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;
import rondo.store.row.StoreException.Reason;

/**
 * The multipart uploads and their parts. Each part has a row of its own, so that parts can arrive
 * concurrently. The upload's phase decides the fate of a part: its writer reads the phase once more
 * after the part's row is written. Thread-safe.
 */
public final class UploadTable {
  private static final int PAGE = 1000;

  private final BucketTable buckets;
  private final RowStore rows;
  private final BlobReleases releases;
  private final RandomIds ids;
  private final BucketListing listing;
  private final OpenUploads open = new OpenUploads();

  public UploadTable(BucketTable buckets, RowStore rows, BlobReleases releases, RandomIds ids) {
    this.buckets = buckets;
    this.rows = rows;
    this.releases = releases;
    this.ids = ids;
    this.listing = new BucketListing(buckets, rows);
  }

  /**
   * Begins an upload; returns its id.
   *
   * @throws StoreException UNSUPPORTED in an available bucket
   */
  public String create(Bucket bucket, String key, UploadRow row) {
    if (bucket.isAvailable()) {
      throw new StoreException(Reason.UNSUPPORTED, "An upload of parts to an available bucket");
    }
    String id = UploadIds.of(row.getInitiatedMicros(), ids.next().array(), key);
    Bytes keyBytes = Bytes.utf8(key);
    buckets.in(
        bucket,
        now -> {
          Bytes shard = now.shardOf(keyBytes);
          FoundKey found = FoundKey.of(rows.in(now).read(Keys.object(shard, keyBytes)));
          return rows.in(now)
              .write(
                  Keys.upload(shard, keyBytes, Bytes.utf8(id)),
                  RowStore.encode(row.toBuilder().setBegunOn(found.encode()).build()));
        });
    open.began(bucket);
    return id;
  }

  /**
   * Whether the bucket may have one more open upload, kept roughly: see {@link OpenUploads}.
   *
   * @param most how many it may have
   */
  public boolean hasRoom(Bucket bucket, int most) {
    return open.hasRoom(bucket, most, rows.wallMicros(), () -> countOpen(bucket, most));
  }

  private long countOpen(Bucket bucket, int most) {
    long count = 0;
    for (Reply.Entry row : listing.walk(bucket, Tables.UPLOADS, Bytes.EMPTY, Bytes.EMPTY, PAGE)) {
      count += begun(row) == null ? 0 : 1;
      if (count == most) {
        break;
      }
    }
    return count;
  }

  /**
   * Finds an upload that takes parts.
   *
   * @throws StoreException NO_SUCH_UPLOAD
   */
  public Upload open(Bucket bucket, String key, String id) {
    Upload upload = find(bucket, key, id);
    if (upload == null || !upload.isOpen()) {
      throw noSuchUpload(id);
    }
    return upload;
  }

  /** An upload in whatever phase; null when there is none. */
  public @Nullable Upload find(Bucket bucket, String key, String id) {
    Bytes keyBytes = Bytes.utf8(key);
    VersionedValue state =
        buckets.in(
            bucket,
            now -> rows.in(now).read(Keys.upload(now.shardOf(keyBytes), keyBytes, Bytes.utf8(id))));
    if (state.value() == null) {
      buckets.successor(bucket);
      return null;
    }
    UploadRow row = RowStore.decode(UploadRow.parser(), state.value());
    return new Upload(bucket, key, id, row, state.stamp());
  }

  static StoreException noSuchUpload(String id) {
    return new StoreException(Reason.NO_SUCH_UPLOAD, id);
  }

  /**
   * Takes a part, which replaces an earlier one of its number.
   *
   * @throws StoreException NO_SUCH_UPLOAD when the upload has ended without the part; NOT_DONE
   *     while the upload is being completed, perhaps without the part
   */
  public void put(Upload upload, int number, PartRow part) {
    ConditionalResult.Written written = write(upload, number, part);
    Upload now = find(upload.bucket(), upload.key(), upload.id());
    UploadRow.Phase phase = now == null ? UploadRow.Phase.ABORTED : now.row().getPhase();
    switch (phase) {
      // A completion that begins after this reads the parts later, and so finds this one.
      case OPEN -> release(written.before(), Set.of());
      case CLOSING -> throw new StoreException(Reason.NOT_DONE);
      default -> {
        Set<ByteString> kept = now == null ? Set.of() : blobs(now.row().getResult());
        if (part.getSegmentsCount() == 0 || !kept.contains(part.getSegments(0).getBlob())) {
          remove(upload, number, kept);
          throw noSuchUpload(upload.id());
        }
      }
    }
  }

  private ConditionalResult.Written write(Upload upload, int number, PartRow part) {
    try {
      return buckets.in(
          upload.bucket(),
          now -> rows.in(now).write(upload.partKey(number), RowStore.encode(part)));
    } catch (StoreException refused) {
      if (refused.reason() != Reason.UNKNOWN) {
        releases.dropUnshared(part.getSegmentsList());
      }
      throw refused;
    }
  }

  /**
   * Lists parts in the order of their numbers.
   *
   * @param after lists only numbers behind this one
   * @param limit at least 1
   */
  public List<UploadedPart> parts(Upload upload, int after, int limit) {
    var found = new ArrayList<UploadedPart>();
    Bytes prefix = Keys.parts(upload.keyBytes(), upload.idBytes());
    Bytes first = upload.partKey(after + 1).sort();
    var all =
        new ScanRange(Tables.PARTS, upload.shard(), prefix, first, null, Math.min(PAGE, limit));
    PageCursor parts =
        PageCursor.over(
            all, part -> buckets.in(upload.bucket(), now -> rows.in(now).scanOfKey(part)));
    for (Reply.Entry entry : parts) {
      if (entry.value() != null) {
        int number = Keys.partNumber(entry.sort());
        found.add(new UploadedPart(number, RowStore.decode(PartRow.parser(), entry.value())));
      }
      if (found.size() == limit) {
        return found;
      }
    }
    return found;
  }

  /**
   * An upload in a listing, or a common prefix.
   *
   * @param name the object's key, or the prefix
   * @param row null for a common prefix
   */
  public record Entry(String name, String id, @Nullable UploadRow row) {}

  /** The listing's entry for an upload's row; null for an upload that has ended. */
  public static @Nullable Entry begun(Reply.Entry row) {
    return UploadPosition.entry(row, "", null);
  }

  /**
   * Adds at most {@code limit} uploads that haven't ended, and common prefixes.
   *
   * @param key lists only keys behind this one; empty for all
   * @param id with it, also lists the uploads of that key behind this one; empty for none
   * @return whether there are more
   */
  public boolean list(
      Bucket bucket,
      String prefix,
      @Nullable String delimiter,
      String key,
      String id,
      int limit,
      List<Entry> entries) {
    Bytes from = UploadPosition.behind(prefix, delimiter, key, id);
    for (Reply.Entry row : listing.walk(bucket, Tables.UPLOADS, Bytes.utf8(prefix), from, PAGE)) {
      Entry entry = UploadPosition.entry(row, prefix, delimiter);
      if (entry == null || UploadPosition.continues(entries, entry)) {
        continue;
      }
      if (entries.size() == limit) {
        return true;
      }
      entries.add(entry);
    }
    return false;
  }

  /**
   * Aborts the upload, and removes its parts. A repetition does the rest of a cut-off abort.
   *
   * @throws StoreException NO_SUCH_UPLOAD when there is none, or it was completed
   */
  public void abort(Bucket bucket, String key, String id) {
    Upload upload = find(bucket, key, id);
    if (upload == null) {
      throw noSuchUpload(id);
    }
    ConditionalResult update =
        buckets.in(
            bucket,
            now ->
                rows.in(now)
                    .update(upload.rowKey(), before -> phase(before, UploadRow.Phase.ABORTED)));
    if (update instanceof ConditionalResult.Declined) {
      throw noSuchUpload(id);
    }
    removeParts(upload, Set.of());
    buckets.in(bucket, now -> rows.in(now).write(upload.rowKey(), null));
  }

  private static Decision phase(VersionedValue before, UploadRow.Phase phase) {
    if (before.value() == null) {
      return new Decision.Decline();
    }
    UploadRow row = RowStore.decode(UploadRow.parser(), before.value());
    return switch (row.getPhase()) {
      case OPEN, CLOSING, ABORTED ->
          new Decision.Put(RowStore.encode(row.toBuilder().setPhase(phase).build()));
      case COMPLETING, COMPLETED, UNRECOGNIZED -> new Decision.Decline();
    };
  }

  /** Removes all parts, and releases the blobs that the object doesn't name. */
  void removeParts(Upload upload, Set<ByteString> kept) {
    for (UploadedPart part : parts(upload, 0, Integer.MAX_VALUE)) {
      remove(upload, part.number(), kept);
    }
  }

  private void remove(Upload upload, int number, Set<ByteString> kept) {
    ConditionalResult.Written written =
        buckets.in(upload.bucket(), now -> rows.in(now).write(upload.partKey(number), null));
    release(written.before(), kept);
  }

  private void release(VersionedValue before, Set<ByteString> kept) {
    if (before.value() != null) {
      List<Segment> segments =
          RowStore.decode(PartRow.parser(), before.value()).getSegmentsList().stream()
              .filter(segment -> !kept.contains(segment.getBlob()))
              .toList();
      releases.dropUnshared(segments);
    }
  }

  static Set<ByteString> blobs(ObjectRow row) {
    return row.getSegmentsList().stream().map(Segment::getBlob).collect(Collectors.toSet());
  }
}
