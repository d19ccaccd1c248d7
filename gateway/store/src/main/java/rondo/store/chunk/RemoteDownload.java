package rondo.store.chunk;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;
import rondo.store.chunk.ChunkException.Reason;

/** Reads a chunk of another node. */
final class RemoteDownload implements ChunkStore.Download {
  private final BulkPool pool;
  private final BulkSocket socket;
  private final int offset;
  private int left;
  private int pieceLeft;
  private int chunkLength;
  private Bytes owner = Bytes.EMPTY;
  private boolean open = true;

  RemoteDownload(BulkPool pool, BulkSocket socket, int offset, int length) {
    this.pool = pool;
    this.socket = socket;
    this.offset = offset;
    this.left = length;
  }

  void begin() {
    boolean begun = false;
    try {
      var refusal = RemoteChunks.refusal(socket);
      if (refusal == null) {
        header();
        begun = true;
      }
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

  private void header() {
    chunkLength = socket.exactly(4, RemoteChunks.REPLY_TIMEOUT).getInt(0);
    owner = RemoteChunks.bytes(socket);
    if (left == ChunkStore.TO_THE_END) {
      left = chunkLength - offset;
    }
  }

  @Override
  public int chunkLength() {
    return chunkLength;
  }

  @Override
  public Bytes owner() {
    return owner;
  }

  @Override
  public @Nullable Buffer next() {
    if (pieceLeft == 0) {
      pieceLeft = socket.exactly(4, RemoteChunks.REPLY_TIMEOUT).getInt(0);
      if (pieceLeft <= 0 || pieceLeft > left) {
        return ended(pieceLeft);
      }
    }
    var bytes =
        socket.some(Math.min(pieceLeft, LocalChunks.PIECE_BYTES), RemoteChunks.REPLY_TIMEOUT);
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
