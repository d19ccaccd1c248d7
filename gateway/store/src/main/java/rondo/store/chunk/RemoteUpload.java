package rondo.store.chunk;

import io.vertx.core.buffer.Buffer;
import rondo.store.chunk.ChunkException.Reason;

/** Writes a chunk to another node. */
final class RemoteUpload implements ChunkStore.Upload {
  private final BulkPool pool;
  private final BulkSocket socket;
  private boolean open = true;

  RemoteUpload(BulkPool pool, BulkSocket socket) {
    this.pool = pool;
    this.socket = socket;
  }

  @Override
  public void write(Buffer piece) {
    for (int from = 0; from < piece.length(); from += BulkRequest.PIECE_LIMIT) {
      int to = Math.min(piece.length(), from + BulkRequest.PIECE_LIMIT);
      if (socket.hasInput()) {
        throw refused();
      }
      socket.write(BulkRequest.piece(piece.slice(from, to)), RemoteChunks.REPLY_TIMEOUT);
    }
  }

  private ChunkException refused() {
    var refusal = RemoteChunks.refusal(socket);
    if (refusal == null) {
      return new ChunkException(Reason.UNREACHABLE, "answered before the end");
    }
    socket.write(Buffer.buffer().appendInt(BulkRequest.GIVEN_UP), RemoteChunks.REPLY_TIMEOUT);
    end(true);
    return refusal;
  }

  @Override
  public void commit() {
    socket.write(Buffer.buffer().appendInt(BulkRequest.END), RemoteChunks.REPLY_TIMEOUT);
    var refusal = RemoteChunks.refusal(socket);
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
