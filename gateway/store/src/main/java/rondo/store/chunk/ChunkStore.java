package rondo.store.chunk;

import io.vertx.core.buffer.Buffer;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.placement.Ring;
import rondo.ring.value.Bytes;
import rondo.storage.chunk.ChunkId;
import rondo.storage.chunk.ListedChunk;

/**
 * The chunks of one node, local or remote. Thread-safe. Every method blocks, within a time limit,
 * on a virtual thread that must not be interrupted, and throws {@link ChunkException} when the node
 * can't do it.
 */
public interface ChunkStore {
  /** The most chunks that {@link #list} returns at once. */
  int LIST_LIMIT = 1000;

  /** The epoch for {@link #put} of a copy whose chunk is acknowledged elsewhere. */
  long COPY = 0;

  /**
   * Begins a chunk of exactly {@code length} bytes, at most 64 MiB.
   *
   * @param epoch the epoch in which the node is one of the chunk's owners, or {@link #COPY}
   */
  Upload put(ChunkId id, int length, Bytes owner, long epoch);

  /** The length for {@link #get} up to the chunk's end. */
  int TO_THE_END = -1;

  /** Reads and verifies the bytes from {@code offset} on, which must lie in the chunk. */
  Download get(ChunkId id, int offset, int length);

  /**
   * Drops those chunks that are here. The drop is durable when this returns.
   *
   * @param ids at most {@link #LIST_LIMIT}
   */
  void drop(List<ChunkId> ids);

  /**
   * Lists chunks in the order of their names.
   *
   * @param after the page begins behind this chunk; null for the first page
   * @return empty behind the last chunk
   */
  List<ListedChunk> list(@Nullable ChunkId after, int limit);

  /**
   * Lists the names of the chunks in {@code partitions} of the ring, in order. A page is short when
   * many other chunks were skipped.
   *
   * @param after the page begins behind this chunk; null for the first page
   * @param epoch the epoch in which the node has to be
   */
  Names names(Ring ring, BitSet partitions, @Nullable ChunkId after, long epoch);

  /**
   * A page of names.
   *
   * @param next where the next page begins; null behind the last
   */
  record Names(List<ChunkId> ids, @Nullable ChunkId next) {}

  /** Writes a chunk to the node. Used by one thread, but for {@link #cancel}. */
  interface Upload {
    /** Sends the next bytes, with backpressure. The caller must not change them afterwards. */
    void write(Buffer piece);

    /** Returns when the chunk is on the node's stable storage. */
    void commit();

    /** Gives up; does nothing after the chunk is committed or given up. */
    void abort();

    /** Breaks off at once, from any thread: a thread that waits in the upload fails. */
    void cancel();
  }

  /** Reads a chunk of the node. Used by one thread, but for {@link #cancel}. */
  interface Download extends AutoCloseable {
    /** The length of the whole chunk, in bytes. */
    int chunkLength();

    /** The owner that the chunk was written with. */
    Bytes owner();

    /** The next piece, of at most 256 KiB; null at the end. */
    @Nullable Buffer next();

    /** Gives the piece's memory back for reuse; the caller no longer uses it. From any thread. */
    default void done(Buffer piece) {}

    /** Breaks off at once, from any thread: a thread that waits in the download fails. */
    void cancel();

    @Override
    void close();
  }
}
