package rondo.store.blob;

import com.google.protobuf.ByteString;
import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Segment;
import rondo.ring.value.Bytes;
import rondo.storage.chunk.ChunkId;

/**
 * Cuts a blob into chunks. While one chunk is filled, the previous one becomes durable; no more
 * than these two are under way.
 */
final class RingBlobWriter implements BlobWriter {
  /** Few enough chunks for rows, and each small enough to move and to place evenly. */
  static final int CHUNK_BYTES = 4 << 20;

  /** Makes the fan that sends a chunk to its replicas. */
  @FunctionalInterface
  interface FanFactory {
    ChunkFan of(ChunkId id, int length, Bytes owner);
  }

  private final FanFactory fans;
  private final ChunkReleaser releaser;
  private final Bytes owner;
  private final Bytes blob;
  private final long sizeBytes;
  private long written;
  private @Nullable ChunkFan previous;
  private @Nullable ChunkFan current;
  private boolean open = true;

  RingBlobWriter(FanFactory fans, ChunkReleaser releaser, Bytes owner, Bytes blob, long sizeBytes) {
    this.fans = fans;
    this.releaser = releaser;
    this.owner = owner;
    this.blob = blob;
    this.sizeBytes = sizeBytes;
  }

  @Override
  public void write(Buffer slice) {
    if (!open || slice.length() > sizeBytes - written) {
      throw new IllegalStateException("more bytes than were announced for blob " + blob);
    }
    for (int from = 0; from < slice.length(); ) {
      int chunkOffset = (int) (written % CHUNK_BYTES);
      var fan = chunkOffset == 0 ? begin() : current();
      int count = Math.min(slice.length() - from, CHUNK_BYTES - chunkOffset);
      fan.write(slice.slice(from, from + count));
      from += count;
      written += count;
      if (written % CHUNK_BYTES == 0 || written == sizeBytes) {
        fan.end();
      }
    }
  }

  private ChunkFan begin() {
    settle(previous);
    previous = current;
    var id = new ChunkId(blob, (int) (written / CHUNK_BYTES));
    int length = (int) Math.min(CHUNK_BYTES, sizeBytes - written);
    var fan = fans.of(id, length, owner);
    current = fan;
    fan.start();
    return fan;
  }

  private static void settle(@Nullable ChunkFan fan) {
    if (fan != null) {
      fan.awaitDurable();
      fan.settle();
    }
  }

  private ChunkFan current() {
    if (current == null) {
      throw new IllegalStateException("no chunk was begun");
    }
    return current;
  }

  @Override
  public Segment finish() {
    if (!open || written != sizeBytes) {
      throw new IllegalStateException("bytes are missing of blob " + blob);
    }
    for (var fan : new @Nullable ChunkFan[] {previous, current}) {
      if (fan != null) {
        fan.awaitDurable();
      }
    }
    open = false;
    return segment();
  }

  private Segment segment() {
    return Segment.newBuilder()
        .setBlob(ByteString.copyFrom(blob.array()))
        .setSize(sizeBytes)
        .setChunkSize(CHUNK_BYTES)
        .build();
  }

  @Override
  public void abort() {
    if (!open) {
      return;
    }
    open = false;
    if (current != null) {
      var written = segment().toBuilder().setSize(Math.min(sizeBytes, this.written + 1)).build();
      Thread.ofVirtual().name("abort " + blob).start(() -> drop(written));
    }
  }

  /** Drops the chunks that were written, once no replica is about to finish one. */
  private void drop(Segment segment) {
    for (var fan : new @Nullable ChunkFan[] {previous, current}) {
      if (fan != null) {
        fan.abort();
      }
    }
    releaser.release(segment);
  }
}
