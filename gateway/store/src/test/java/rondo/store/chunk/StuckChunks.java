package rondo.store.chunk;

import io.vertx.core.buffer.Buffer;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import rondo.ring.placement.Ring;
import rondo.ring.value.Bytes;
import rondo.storage.chunk.ChunkId;
import rondo.storage.chunk.ListedChunk;

/** Makes a node's chunks hang until it is released. */
public final class StuckChunks {
  private volatile CountDownLatch free = new CountDownLatch(0);
  private final AtomicLong received = new AtomicLong();

  public void stick() {
    free = new CountDownLatch(1);
    received.set(0);
  }

  public void release() {
    free.countDown();
  }

  /** Bytes received while it hung. */
  public long received() {
    return received.get();
  }

  private void pass() {
    try {
      free.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  public ChunkStore wrap(ChunkStore chunks) {
    return new ChunkStore() {
      @Override
      public Upload put(ChunkId id, int length, Bytes owner, long epoch) {
        return new SlowUpload(chunks.put(id, length, owner, epoch));
      }

      @Override
      public Download get(ChunkId id, int offset, int length) {
        pass();
        return chunks.get(id, offset, length);
      }

      @Override
      public void drop(List<ChunkId> ids) {
        chunks.drop(ids);
      }

      @Override
      public List<ListedChunk> list(@Nullable ChunkId after, int limit) {
        return chunks.list(after, limit);
      }

      @Override
      public Names names(Ring ring, BitSet partitions, @Nullable ChunkId after, long epoch) {
        return chunks.names(ring, partitions, after, epoch);
      }
    };
  }

  private final class SlowUpload implements ChunkStore.Upload {
    private final ChunkStore.Upload upload;

    SlowUpload(ChunkStore.Upload upload) {
      this.upload = upload;
    }

    @Override
    public void write(Buffer piece) {
      received.addAndGet(piece.length());
      pass();
      upload.write(piece);
    }

    @Override
    public void commit() {
      pass();
      upload.commit();
    }

    @Override
    public void abort() {
      upload.abort();
    }

    @Override
    public void cancel() {
      upload.cancel();
    }
  }
}
