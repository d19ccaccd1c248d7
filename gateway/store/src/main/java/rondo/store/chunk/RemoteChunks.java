package rondo.store.chunk;

import static java.util.Objects.requireNonNull;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.ring.placement.Ring;
import rondo.ring.value.Bytes;
import rondo.storage.chunk.ChunkId;
import rondo.storage.chunk.ListedChunk;
import rondo.store.chunk.ChunkException.Reason;

/** The chunks of another node, over bulk connections (see {@link BulkRequest}). Thread-safe. */
final class RemoteChunks implements ChunkStore {
  /** A node whose disk takes longer for a sync or a read counts as unreachable. */
  static final long REPLY_TIMEOUT = BulkSocket.seconds(15);

  private final BulkPool pool;

  RemoteChunks(BulkPool pool) {
    this.pool = pool;
  }

  @Override
  public Upload put(ChunkId id, int length, Bytes owner, long epoch) {
    return new RemoteUpload(pool, begin(new BulkRequest.Put(id, length, owner, epoch)));
  }

  private BulkSocket begin(BulkRequest request) {
    var socket = pool.acquire();
    boolean sent = false;
    try {
      socket.write(BulkRequest.encode(request), REPLY_TIMEOUT);
      sent = true;
      return socket;
    } finally {
      if (!sent) {
        pool.release(socket, false);
      }
    }
  }

  @Override
  public Download get(ChunkId id, int offset, int length) {
    var download =
        new RemoteDownload(pool, begin(new BulkRequest.Get(id, offset, length)), offset, length);
    download.begin();
    return download;
  }

  @Override
  public void drop(List<ChunkId> ids) {
    exchange(new BulkRequest.Drop(ids), socket -> true);
  }

  @Override
  public List<ListedChunk> list(@Nullable ChunkId after, int limit) {
    var request = new BulkRequest.ListChunks(after, Math.min(limit, LIST_LIMIT));
    return exchange(request, RemoteChunks::listed);
  }

  private <T> T exchange(BulkRequest request, Function<BulkSocket, T> reply) {
    var socket = begin(request);
    boolean whole = false;
    try {
      var refusal = refusal(socket);
      var result = refusal == null ? reply.apply(socket) : null;
      whole = true;
      if (refusal != null) {
        throw refusal;
      }
      return requireNonNull(result);
    } catch (IllegalArgumentException e) {
      throw new ChunkException(Reason.UNREACHABLE, "an answer that makes no sense");
    } finally {
      pool.release(socket, whole);
    }
  }

  private static List<ListedChunk> listed(BulkSocket socket) {
    int count = socket.exactly(2, REPLY_TIMEOUT).getUnsignedShort(0);
    var listed = new ArrayList<ListedChunk>(Math.min(count, LIST_LIMIT));
    for (int i = 0; i < count; i++) {
      var fixed = socket.exactly(ChunkId.BYTES + 4 + 8, REPLY_TIMEOUT);
      var id = ChunkId.get(ByteBuffer.wrap(fixed.getBytes()));
      int length = fixed.getInt(ChunkId.BYTES);
      long age = fixed.getLong(ChunkId.BYTES + 4);
      listed.add(new ListedChunk(id, bytes(socket), length, age));
    }
    return listed;
  }

  @Override
  public Names names(Ring ring, BitSet partitions, @Nullable ChunkId after, long epoch) {
    return exchange(new BulkRequest.Names(ring, partitions, after, epoch), RemoteChunks::named);
  }

  private static Names named(BulkSocket socket) {
    boolean more = socket.exactly(1, REPLY_TIMEOUT).getByte(0) != 0;
    int count = socket.exactly(2, REPLY_TIMEOUT).getUnsignedShort(0);
    var ids = new ArrayList<ChunkId>(Math.min(count, LIST_LIMIT));
    for (int i = 0; i < count; i++) {
      ids.add(id(socket));
    }
    return new Names(ids, more ? id(socket) : null);
  }

  private static ChunkId id(BulkSocket socket) {
    var bytes = socket.exactly(ChunkId.BYTES, REPLY_TIMEOUT).getBytes();
    return ChunkId.get(ByteBuffer.wrap(bytes));
  }

  /** Reads bytes that have their size in two bytes before them. */
  static Bytes bytes(BulkSocket socket) {
    int size = socket.exactly(2, REPLY_TIMEOUT).getUnsignedShort(0);
    return size == 0 ? Bytes.EMPTY : Bytes.wrap(socket.exactly(size, REPLY_TIMEOUT).getBytes());
  }

  /** Reads a reply's status; null for success. */
  static @Nullable ChunkException refusal(BulkSocket socket) {
    int status = socket.exactly(1, REPLY_TIMEOUT).getByte(0);
    if (status == 0) {
      return null;
    }
    return new ChunkException(Reason.of(status), bytes(socket).utf8());
  }
}
