package rondo.gateway.blob;

import static java.util.Objects.requireNonNull;

import io.vertx.core.buffer.Buffer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import rondo.gateway.blob.ChunkException.Reason;
import rondo.ring.register.Bytes;
import rondo.storage.extent.ChunkId;
import rondo.storage.extent.ListedChunk;

/** The chunks of another node, over bulk connections (see {@link BulkRequest}). */
final class RemoteChunks implements Chunks {
  /** A node whose disk takes longer for a sync or a read is as good as unreachable. */
  private static final long REPLY_TIMEOUT = BulkSocket.seconds(15);

  private final BulkPool pool;

  RemoteChunks(BulkPool pool) {
    this.pool = pool;
  }

  @Override
  public Upload put(ChunkId id, int length, Bytes owner) {
    return new RemoteUpload(begin(new BulkRequest.Put(id, length, owner)));
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
    var download = new RemoteDownload(begin(new BulkRequest.Get(id, offset, length)), length);
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
    } finally {
      pool.release(socket, whole);
    }
  }

  private static List<ListedChunk> listed(BulkSocket socket) {
    int count = socket.exactly(2, REPLY_TIMEOUT).getUnsignedShort(0);
    var listed = new ArrayList<ListedChunk>(Math.min(count, LIST_LIMIT));
    for (int i = 0; i < count; i++) {
      var fixed = socket.exactly(ChunkId.BYTES + 4 + 8 + 2, REPLY_TIMEOUT);
      var id = ChunkId.get(ByteBuffer.wrap(fixed.getBytes()));
      int length = fixed.getInt(ChunkId.BYTES);
      long age = fixed.getLong(ChunkId.BYTES + 4);
      int ownerBytes = fixed.getUnsignedShort(ChunkId.BYTES + 12);
      var owner =
          ownerBytes == 0
              ? Bytes.EMPTY
              : Bytes.wrap(socket.exactly(ownerBytes, REPLY_TIMEOUT).getBytes());
      listed.add(new ListedChunk(id, owner, length, age));
    }
    return listed;
  }

  /** Reads a reply's status; null when it is done. */
  private static @Nullable ChunkException refusal(BulkSocket socket) {
    int status = socket.exactly(1, REPLY_TIMEOUT).getByte(0);
    if (status == 0) {
      return null;
    }
    int size = socket.exactly(2, REPLY_TIMEOUT).getUnsignedShort(0);
    var text = size == 0 ? "" : socket.exactly(size, REPLY_TIMEOUT).toString();
    return new ChunkException(Reason.of(status), text);
  }

  private final class RemoteUpload implements Upload {
    private final BulkSocket socket;
    private boolean open = true;

    RemoteUpload(BulkSocket socket) {
      this.socket = socket;
    }

    @Override
    public void write(Buffer piece) {
      for (int from = 0; from < piece.length(); from += BulkRequest.PIECE_LIMIT) {
        int to = Math.min(piece.length(), from + BulkRequest.PIECE_LIMIT);
        if (socket.hasInput()) {
          throw refused();
        }
        socket.write(BulkRequest.piece(piece.slice(from, to)), REPLY_TIMEOUT);
      }
    }

    private ChunkException refused() {
      var refusal = refusal(socket);
      if (refusal == null) {
        return new ChunkException(Reason.UNREACHABLE, "answered before the end");
      }
      socket.write(Buffer.buffer().appendInt(BulkRequest.GIVEN_UP), REPLY_TIMEOUT);
      end(true);
      return refusal;
    }

    @Override
    public void commit() {
      socket.write(Buffer.buffer().appendInt(BulkRequest.END), REPLY_TIMEOUT);
      var refusal = refusal(socket);
      end(true);
      if (refusal != null) {
        throw refusal;
      }
    }

    @Override
    public void abort() {
      end(false);
    }

    private void end(boolean reusable) {
      if (open) {
        open = false;
        pool.release(socket, reusable);
      }
    }

    @Override
    public void cancel() {
      socket.close();
    }
  }

  private final class RemoteDownload implements Download {
    private final BulkSocket socket;
    private int left;
    private int pieceLeft;
    private boolean open = true;

    RemoteDownload(BulkSocket socket, int length) {
      this.socket = socket;
      this.left = length;
    }

    void begin() {
      boolean begun = false;
      try {
        var refusal = refusal(socket);
        begun = refusal == null;
        if (refusal != null) {
          end(true);
          throw refusal;
        }
      } finally {
        if (!begun) {
          end(false);
        }
      }
    }

    @Override
    public @Nullable Buffer next() {
      if (pieceLeft == 0) {
        pieceLeft = socket.exactly(4, REPLY_TIMEOUT).getInt(0);
        if (pieceLeft <= 0 || pieceLeft > left) {
          return ended(pieceLeft);
        }
      }
      var bytes = socket.some(Math.min(pieceLeft, LocalChunks.PIECE_BYTES), REPLY_TIMEOUT);
      pieceLeft -= bytes.length();
      left -= bytes.length();
      return bytes;
    }

    private @Nullable Buffer ended(int size) {
      if (size == BulkRequest.END && left == 0) {
        end(true);
        return null;
      }
      if (size <= BulkRequest.FAILED) {
        end(true);
        throw new ChunkException(Reason.of(BulkRequest.FAILED - size), "the node could not go on");
      }
      throw new ChunkException(Reason.UNREACHABLE, "the pieces don't add up");
    }

    private void end(boolean reusable) {
      if (open) {
        open = false;
        pool.release(socket, reusable);
      }
    }

    @Override
    public void cancel() {
      socket.close();
    }

    @Override
    public void close() {
      end(false);
    }
  }
}
