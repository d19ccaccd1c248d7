package rondo.store.bucket;

import com.google.protobuf.ByteString;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.Segment;
import rondo.ring.value.Bytes;
import rondo.store.blob.BlobStore;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;

/**
 * Drops blobs that rows have named and name no more, in the background, unless others share them.
 * What doesn't fit into its bounds, or fails, is left to the walk that looks for orphans.
 * Thread-safe.
 */
public final class BlobReleases {
  /** Each holds a row and waits for some round trips. */
  private static final int MOST_AT_ONCE = 256;

  private final Semaphore room = new Semaphore(MOST_AT_ONCE);
  private final BlobReferences references;
  private final BlobStore blobs;

  public BlobReleases(RowStore rows, BlobStore blobs) {
    this.references = new BlobReferences(rows);
    this.blobs = blobs;
  }

  /** After {@code gone} was replaced by a row that names {@code kept}, or by none. */
  public void replaced(ObjectRow gone, List<Segment> kept) {
    Set<ByteString> still = new HashSet<>();
    kept.forEach(segment -> still.add(segment.getBlob()));
    List<Segment> left =
        gone.getSegmentsList().stream().filter(s -> !still.contains(s.getBlob())).toList();
    drop(left, List.of(BlobReferences.of(gone)));
  }

  /** Gives up these owners of the blobs. */
  public void drop(List<Segment> segments, List<Bytes> owners) {
    if (segments.isEmpty() || !room.tryAcquire()) {
      return;
    }
    Thread.ofVirtual()
        .name("release")
        .start(() -> {
          try {
            segments.stream()
                .filter(segment -> unowned(segment, owners))
                .forEach(segment -> blobs.release(List.of(segment)));
          } catch (StoreException unavailable) {
            // Nothing is dropped whose owners aren't known.
          } finally {
            room.release();
          }
        });
  }

  /** Drops blobs that no object's row has ever named. */
  public void dropUnshared(List<Segment> segments) {
    if (!segments.isEmpty()) {
      blobs.release(segments);
    }
  }

  private boolean unowned(Segment segment, List<Bytes> owners) {
    boolean nobody = true;
    for (Bytes owner : owners) {
      nobody = references.remove(segment.getBlob(), owner);
    }
    return nobody;
  }
}
