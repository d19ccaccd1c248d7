package rondo.store.chunk;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.internal.buffer.BufferInternal;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.placement.Ring;
import rondo.ring.value.Bytes;
import rondo.storage.chunk.ChunkId;
import rondo.storage.chunk.ListedChunk;
import rondo.storage.extent.ExtentStore;
import rondo.storage.extent.file.ChunkReader;
import rondo.storage.extent.file.ChunkWriter;
import rondo.storage.folder.CorruptException;
import rondo.storage.folder.DiskException;
import rondo.storage.folder.DiskFullException;
import rondo.store.chunk.ChunkException.Reason;

/** The chunks of this node's own disks. Thread-safe. */
public final class LocalChunks implements ChunkStore {
  /** Larger pieces gain nothing; smaller ones cost a system call each. */
  static final int PIECE_BYTES = 256 * 1024;

  /** Hashing a name takes a microsecond, so a page of names occupies a connection only briefly. */
  private static final int SCAN_LIMIT = 50_000;

  /** 16 MiB in all. */
  private static final int SPARE_PIECES = 64;

  /** Memory of whole pieces for reuse: it needs no clearing, and is in the processor's cache. */
  private final ArrayBlockingQueue<byte[]> spares = new ArrayBlockingQueue<>(SPARE_PIECES);

  private final ExtentStore store;
  private final LayoutEpochs epochs;
  private final Predicate<ChunkId> deferred;

  public LocalChunks(ExtentStore store, LayoutEpochs epochs) {
    this(store, epochs, _ -> false);
  }

  /**
   * @param deferred whether a chunk that is to be dropped has to stay for now
   */
  public LocalChunks(ExtentStore store, LayoutEpochs epochs, Predicate<ChunkId> deferred) {
    this.store = store;
    this.epochs = epochs;
    this.deferred = deferred;
  }

  @Override
  public Upload put(ChunkId id, int length, Bytes owner, long epoch) {
    return new LocalUpload(asking(() -> store.open(id, length, owner)), epochs, id, epoch);
  }

  @Override
  public Download get(ChunkId id, int offset, int length) {
    var reader = asking(() -> store.read(id));
    if (reader == null) {
      throw new ChunkException(Reason.ABSENT, "no chunk " + id);
    }
    int left = reader.length() - offset;
    if (offset < 0 || left < 0 || length < TO_THE_END || length > left) {
      reader.close();
      throw new ChunkException(Reason.MALFORMED, "the chunk ends before");
    }
    return new LocalDownload(reader, spares, offset, length == TO_THE_END ? left : length);
  }

  @Override
  public void drop(List<ChunkId> ids) {
    for (ChunkId id : ids) {
      asking(() -> !deferred.test(id) && store.drop(id));
    }
  }

  @Override
  public List<ListedChunk> list(@Nullable ChunkId after, int limit) {
    return asking(() -> store.list(after, Math.min(limit, LIST_LIMIT)));
  }

  @Override
  public Names names(Ring ring, BitSet partitions, @Nullable ChunkId after, long epoch) {
    if (!epochs.within(epoch, () -> {})) {
      throw new ChunkException(Reason.STALE, "not in epoch " + epoch);
    }
    var scanned = store.names(after, SCAN_LIMIT);
    var ids = new ArrayList<ChunkId>();
    ChunkId last = null;
    for (ChunkId id : scanned) {
      if (partitions.get(ring.partitionOf(id.bytes()))) {
        ids.add(id);
      }
      last = id;
      if (ids.size() == LIST_LIMIT) {
        return new Names(ids, last);
      }
    }
    return new Names(ids, scanned.size() < SCAN_LIMIT ? null : last);
  }

  private static <T extends @Nullable Object> T asking(Supplier<T> question) {
    try {
      return question.get();
    } catch (CorruptException e) {
      throw new ChunkException(Reason.CORRUPT, String.valueOf(e.getMessage()));
    } catch (DiskFullException e) {
      throw new ChunkException(Reason.FULL, String.valueOf(e.getMessage()));
    } catch (DiskException e) {
      throw new ChunkException(Reason.FAILED, String.valueOf(e.getMessage()));
    } catch (IllegalArgumentException e) {
      throw new ChunkException(Reason.MALFORMED, String.valueOf(e.getMessage()));
    }
  }

  private record LocalUpload(ChunkWriter writer, LayoutEpochs epochs, ChunkId id, long epoch)
      implements Upload {
    @Override
    public void write(Buffer piece) {
      ByteBuf bytes = ((BufferInternal) piece).getByteBuf();
      for (ByteBuffer part : bytes.nioBuffers()) {
        asking(() -> {
          writer.write(part);
          return true;
        });
      }
    }

    @Override
    public void commit() {
      if (epoch == COPY) {
        finish();
      } else if (!epochs.pass(epoch, id.bytes(), this::finish)) {
        throw new ChunkException(Reason.STALE, "placed under epoch " + epoch);
      }
    }

    private void finish() {
      asking(() -> {
        writer.commit();
        return true;
      });
    }

    @Override
    public void abort() {
      writer.abort();
    }

    /** Does nothing: the writing thread never waits long for the disk. */
    @Override
    public void cancel() {}
  }

  private static final class LocalDownload implements Download {
    private final ChunkReader reader;
    private final ArrayBlockingQueue<byte[]> spares;
    private final int end;
    private int position;

    LocalDownload(ChunkReader reader, ArrayBlockingQueue<byte[]> spares, int offset, int length) {
      this.reader = reader;
      this.spares = spares;
      this.position = offset;
      this.end = offset + length;
    }

    @Override
    public int chunkLength() {
      return reader.length();
    }

    @Override
    public Bytes owner() {
      return reader.owner();
    }

    @Override
    public @Nullable Buffer next() {
      if (position == end) {
        return null;
      }
      // Pieces end at multiples of their size, so that no block is read twice.
      int next = Math.min(end, (position / PIECE_BYTES + 1) * PIECE_BYTES);
      byte[] spare = next - position == PIECE_BYTES ? spares.poll() : null;
      var piece = spare == null ? ByteBuffer.allocate(next - position) : ByteBuffer.wrap(spare);
      asking(() -> {
        reader.read(position, piece);
        return true;
      });
      position = next;
      return BufferInternal.buffer(Unpooled.wrappedBuffer(piece.flip()));
    }

    @Override
    public void done(Buffer piece) {
      byte[] spare = ((BufferInternal) piece).getByteBuf().array();
      if (spare.length == PIECE_BYTES) {
        spares.offer(spare);
      }
    }

    @Override
    public void cancel() {}

    @Override
    public void close() {
      reader.close();
    }
  }
}
