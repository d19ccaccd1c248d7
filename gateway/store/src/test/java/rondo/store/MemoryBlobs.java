package rondo.store;

import com.google.protobuf.ByteString;
import io.vertx.core.buffer.Buffer;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import rondo.metadata.rows.Segment;
import rondo.ring.placement.Quorums;
import rondo.ring.value.Bytes;
import rondo.store.blob.BlobSink;
import rondo.store.blob.BlobStore;
import rondo.store.blob.BlobWriter;

/** A blob store without bytes, which records the blobs that are released. */
public final class MemoryBlobs implements BlobStore {
  private final BlockingQueue<String> released = new LinkedBlockingQueue<>();

  public static Segment segment(String name) {
    return Segment.newBuilder()
        .setBlob(ByteString.copyFromUtf8(name))
        .setSize(6 << 20)
        .setChunkSize(4 << 20)
        .build();
  }

  /** Waits for the next released blob. */
  public String nextReleased() throws InterruptedException {
    String next = released.poll(10, TimeUnit.SECONDS);
    return next == null ? "nothing" : next;
  }

  public List<String> releasedYet() {
    return List.copyOf(released);
  }

  @Override
  public BlobWriter create(Bytes owner, long sizeBytes) {
    throw new UnsupportedOperationException();
  }

  @Override
  public BlobStore withQuorums(Quorums quorums, boolean sloppy, int copyClass) {
    return this;
  }

  @Override
  public void read(List<Segment> segments, long offset, long length, BlobSink sink) {
    sink.write(Buffer.buffer());
  }

  @Override
  public void release(Collection<Segment> segments) {
    segments.forEach(segment -> released.add(segment.getBlob().toStringUtf8()));
  }
}
