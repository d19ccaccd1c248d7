package rondo.gateway.store;

import com.google.protobuf.ByteString;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Semaphore;
import rondo.gateway.blob.BlobStore;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.Segment;
import rondo.ring.register.Bytes;

/**
 * Drops blobs that rows have named and name no more, in the background, unless others share them.
 * What doesn't fit into its bounds, or fails, is left to the walk that looks for orphans.
 * Thread-safe.
 */
public final class Releases {
  /** Each holds a row and waits for some round trips. */
  private static final int MOST_AT_ONCE = 256;

  private final Semaphore room = new Semaphore(MOST_AT_ONCE);
  private final References references;
  private final BlobStore blobs;

  Releases(Rows rows, BlobStore blobs) {
    this.references = new References(rows);
    this.blobs = blobs;
  }

  /** After {@code gone} was replaced by a row that names {@code kept}, or by none. */
  void replaced(ObjectRow gone, List<Segment> kept) {
    Set<ByteString> still = new HashSet<>();
    kept.forEach(segment -> still.add(segment.getBlob()));
    List<Segment> left =
        gone.getSegmentsList().stream().filter(s -> !still.contains(s.getBlob())).toList();
    drop(left, List.of(References.of(gone)));
  }

  /** Gives up these owners of the blobs. */
  void drop(List<Segment> segments, List<Bytes> owners) {
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
