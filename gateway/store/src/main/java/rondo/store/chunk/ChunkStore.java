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
 * The chunks of one node, near or far. Thread-safe; everything blocks, with time limits, on virtual
 * threads that nobody interrupts, and throws {@link ChunkException} when it can't be done.
 */
public interface ChunkStore {
  /** The most that {@link #list} gives at once. */
  int LIST_LIMIT = 1000;

  /** For {@link #put}: a copy of a chunk that is acknowledged elsewhere. */
  long COPY = 0;

  /**
   * Begins a chunk of exactly {@code length} bytes, at most 64 MiB.
   *
   * @param epoch under which the node is one of its owners
   */
  Upload put(ChunkId id, int length, Bytes owner, long epoch);

  /** For {@link #get}: up to the chunk's end. */
  int TO_THE_END = -1;

  /** The bytes from {@code offset} on, which lie in the chunk, verified. */
  Download get(ChunkId id, int offset, int length);

  /** Drops those that are here; durable when it returns. At most {@link #LIST_LIMIT}. */
  void drop(List<ChunkId> ids);

  /** Chunks in order of their names, after {@code after} (null: from the first); empty: the end. */
  List<ListedChunk> list(@Nullable ChunkId after, int limit);

  /**
   * Names of chunks whose partition of the ring is in {@code partitions}, in order, after {@code
   * after} (null: from the first). A page is short when many others were skipped.
   *
   * @param epoch that the node has to be in
   */
  Names names(Ring ring, BitSet partitions, @Nullable ChunkId after, long epoch);

  /**
   * A page of names.
   *
   * @param next where to go on; null behind the last
   */
  record Names(List<ChunkId> ids, @Nullable ChunkId next) {}

  /** A chunk on its way to the node. Used by one thread, but for {@link #cancel}. */
  interface Upload {
    /** Sends the next bytes, with backpressure; nobody changes them afterwards. */
    void write(Buffer piece);

    /** Returns when the chunk is on the node's stable storage. */
    void commit();

    /** Gives up; does nothing after the end. */
    void abort();

    /** Breaks off at once, from any thread: whoever waits in it fails. */
    void cancel();
  }

  /** A chunk on its way from the node. Used by one thread, but for {@link #cancel}. */
  interface Download extends AutoCloseable {
    /** Bytes of the whole chunk. */
    int chunkLength();

    /** What the chunk was written with. */
    Bytes owner();

    /** The next piece, of at most 256 KiB; null at the end. */
    @Nullable Buffer next();

    /** Nobody uses that piece of it any more: its memory may be used again. From any thread. */
    default void done(Buffer piece) {}

    /** Breaks off at once, from any thread: whoever waits in it fails. */
    void cancel();

    @Override
    void close();
  }
}
