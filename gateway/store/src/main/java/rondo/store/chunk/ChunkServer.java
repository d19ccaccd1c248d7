package rondo.store.chunk;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import rondo.storage.chunk.ListedChunk;
import rondo.store.transport.BulkServer;

/** Answers the bulk requests of other nodes (see {@link BulkRequest}). Thread-safe. */
public final class ChunkServer implements BulkServer {
  /**
   * A stalled S3 client makes the gateway stall too; the gateway's own limit on the client ends
   * first.
   */
  static final long PIECE_TIMEOUT = BulkSocket.seconds(300);

  /** The other side's pool decides how long idle connections stay. */
  private static final long IDLE_TIMEOUT = BulkSocket.seconds(24 * 3600);

  private final ChunkStore local;

  public ChunkServer(ChunkStore local) {
    this.local = local;
  }

  @Override
  public void serve(NetSocket socket, BooleanSupplier admitted) {
    var bulk = new BulkSocket(socket);
    Thread.ofVirtual().name("chunks").start(() -> run(bulk, admitted));
  }

  private void run(BulkSocket socket, BooleanSupplier admitted) {
    try {
      while (true) {
        int size = socket.exactly(4, IDLE_TIMEOUT).getInt(0);
        var request = size < 1 || size > BulkRequest.SIZE_LIMIT ? null : request(socket, size);
        if (request == null || !admitted.getAsBoolean()) {
          return;
        }
        answer(socket, request);
      }
    } catch (ChunkException e) {
      // The connection broke or carried garbage: the other side notices by itself.
      return;
    } finally {
      socket.close();
    }
  }

  private static @Nullable BulkRequest request(BulkSocket socket, int size) {
    return BulkRequest.decode(ByteBuffer.wrap(socket.exactly(size, PIECE_TIMEOUT).getBytes()));
  }

  private void answer(BulkSocket socket, BulkRequest request) {
    switch (request) {
      case BulkRequest.Put put -> new ChunkReceiver(socket, local, put).run();
      case BulkRequest.Get get -> get(socket, get);
      case BulkRequest.Drop drop ->
          reply(
              socket,
              () -> {
                local.drop(drop.ids());
                return Buffer.buffer();
              });
      case BulkRequest.ListChunks list ->
          reply(socket, () -> listed(local.list(list.after(), list.limit())));
      case BulkRequest.Names names -> reply(socket, () -> named(names(names)));
    }
  }

  private ChunkStore.Names names(BulkRequest.Names asked) {
    return local.names(asked.ring(), asked.partitions(), asked.after(), asked.epoch());
  }

  /** Writes the part of a reply that follows its status. */
  @FunctionalInterface
  private interface Answer {
    Buffer get();
  }

  private static void reply(BulkSocket socket, Answer answer) {
    Buffer reply;
    try {
      reply = Buffer.buffer().appendByte((byte) 0).appendBuffer(answer.get());
    } catch (ChunkException e) {
      reply = refusal(e);
    }
    socket.write(reply, PIECE_TIMEOUT);
  }

  static Buffer refusal(ChunkException e) {
    byte[] text = String.valueOf(e.getMessage()).getBytes(StandardCharsets.UTF_8);
    return Buffer.buffer()
        .appendByte((byte) e.reason().code())
        .appendShort((short) Math.min(text.length, 1000))
        .appendBytes(text, 0, Math.min(text.length, 1000));
  }

  private static Buffer listed(List<ListedChunk> chunks) {
    var buffer = Buffer.buffer().appendShort((short) chunks.size());
    for (ListedChunk chunk : chunks) {
      buffer
          .appendBytes(chunk.id().bytes().array())
          .appendInt(chunk.length())
          .appendLong(chunk.ageMicros())
          .appendShort((short) chunk.owner().length())
          .appendBytes(chunk.owner().array());
    }
    return buffer;
  }

  private static Buffer named(ChunkStore.Names names) {
    var next = names.next();
    var buffer = Buffer.buffer().appendByte((byte) (next == null ? 0 : 1));
    buffer.appendShort((short) names.ids().size());
    names.ids().forEach(id -> buffer.appendBytes(id.bytes().array()));
    return next == null ? buffer : buffer.appendBytes(next.bytes().array());
  }

  private void get(BulkSocket socket, BulkRequest.Get get) {
    ChunkStore.Download download;
    try {
      download = local.get(get.id(), get.offset(), get.length());
    } catch (ChunkException e) {
      socket.write(refusal(e), PIECE_TIMEOUT);
      return;
    }
    try (download) {
      socket.write(begin(download), PIECE_TIMEOUT);
      int end = send(socket, download);
      socket.write(Buffer.buffer().appendInt(end), PIECE_TIMEOUT);
    }
  }

  private static Buffer begin(ChunkStore.Download download) {
    return Buffer.buffer()
        .appendByte((byte) 0)
        .appendInt(download.chunkLength())
        .appendShort((short) download.owner().length())
        .appendBytes(download.owner().array());
  }

  /** Sends the pieces; returns the size that ends them. */
  private static int send(BulkSocket socket, ChunkStore.Download download) {
    while (true) {
      Buffer piece;
      try {
        piece = download.next();
      } catch (ChunkException e) {
        return BulkRequest.FAILED - e.reason().code();
      }
      if (piece == null) {
        return BulkRequest.END;
      }
      socket.write(BulkRequest.piece(piece), PIECE_TIMEOUT);
    }
  }
}
