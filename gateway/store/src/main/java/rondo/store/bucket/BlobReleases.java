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
 * Drops blobs that rows named and name no longer, in the background, unless other rows share them.
 * The orphan walk finds the blobs that don't fit into the bounds here, and those of failed drops.
 * Thread-safe.
 */
public final class BlobReleases {
  /** Each drop holds a row in memory and waits for some round trips. */
  private static final int MOST_AT_ONCE = 256;

  private final Semaphore room = new Semaphore(MOST_AT_ONCE);
  private final BlobReferences references;
  private final BlobStore blobs;

  public BlobReleases(RowStore rows, BlobStore blobs) {
    this.references = new BlobReferences(rows);
    this.blobs = blobs;
  }

  /**
   * Drops the blobs of {@code gone} that its successor doesn't name.
   *
   * @param kept the blobs that the successor names; empty when there is no successor
   */
  public void replaced(ObjectRow gone, List<Segment> kept) {
    Set<ByteString> still = new HashSet<>();
    kept.forEach(segment -> still.add(segment.getBlob()));
    List<Segment> left =
        gone.getSegmentsList().stream().filter(s -> !still.contains(s.getBlob())).toList();
    drop(left, List.of(BlobReferences.of(gone)));
  }

  /** Removes these owners from the blobs, and drops each blob that has no owner left. */
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
            // Whether the blobs have other owners isn't known: they stay.
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
