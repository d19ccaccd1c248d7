package rondo.store.chunk;

import io.vertx.core.buffer.Buffer;
import org.jspecify.annotations.Nullable;
import rondo.store.chunk.ChunkException.Reason;

/**
 * Takes in one chunk from a connection. After a refusal it reads and ignores the rest of the chunk.
 */
final class ChunkReceiver {
  private final BulkSocket socket;
  private final ChunkStore local;
  private final BulkRequest.Put put;
  private ChunkStore.@Nullable Upload upload;
  private int left;

  ChunkReceiver(BulkSocket socket, ChunkStore local, BulkRequest.Put put) {
    this.socket = socket;
    this.local = local;
    this.put = put;
    this.left = put.length();
  }

  void run() {
    try {
      unlessRefused(() -> upload = begin());
      while (piece()) {}
    } finally {
      if (upload != null) {
        upload.abort();
      }
    }
  }

  private ChunkStore.Upload begin() {
    if (put.length() < 1 || put.length() > BulkRequest.CHUNK_LIMIT) {
      throw new ChunkException(Reason.MALFORMED, "a chunk of " + put.length() + " bytes");
    }
    return local.put(put.id(), put.length(), put.owner(), put.epoch());
  }

  /** Reads one piece; true while more follow. */
  private boolean piece() {
    int size = socket.exactly(4, ChunkServer.PIECE_TIMEOUT).getInt(0);
    if (size == BulkRequest.END) {
      end();
    }
    if (size == BulkRequest.END || size == BulkRequest.GIVEN_UP) {
      return false;
    }
    if (size < 0 || size > BulkRequest.PIECE_LIMIT || size > left) {
      // The start of the next request can't be found any more.
      throw new ChunkException(Reason.UNREACHABLE, "a piece of " + size + " bytes");
    }
    left -= size;
    while (size > 0) {
      var bytes = socket.some(size, ChunkServer.PIECE_TIMEOUT);
      size -= bytes.length();
      write(bytes);
    }
    return true;
  }

  private void write(Buffer bytes) {
    var current = upload;
    if (current != null) {
      unlessRefused(() -> current.write(bytes));
    }
  }

  private void end() {
    var current = upload;
    if (current == null) {
      return;
    }
    unlessRefused(() -> {
      if (left > 0) {
        throw new ChunkException(Reason.MALFORMED, left + " bytes are missing");
      }
      current.commit();
    });
    if (upload != null) {
      upload = null;
      socket.write(Buffer.buffer(new byte[] {0}), ChunkServer.PIECE_TIMEOUT);
    }
  }

  /** Runs a step of the chunk. Sends a refusal at once, so that the client stops. */
  private void unlessRefused(Runnable step) {
    try {
      step.run();
    } catch (ChunkException e) {
      if (upload != null) {
        upload.abort();
      }
      upload = null;
      socket.write(ChunkServer.refusal(e), ChunkServer.PIECE_TIMEOUT);
    }
  }
}
