package rondo.storage.extent.upkeep;

import java.nio.ByteBuffer;
import rondo.storage.extent.file.ChunkReader;
import rondo.storage.extent.file.ChunkWriter;

/** Copies chunks from record to record, and verifies every byte on the way. For one thread. */
public final class RecordCopier {
  private static final int PIECE_BYTES = 256 * 1024;

  private final ByteBuffer piece = ByteBuffer.allocateDirect(PIECE_BYTES);

  /**
   * Copies a chunk into a record, which is then whole but not durable.
   *
   * @throws rondo.storage.folder.CorruptException when the chunk is damaged
   * @throws rondo.storage.folder.DiskException when the record can't be written
   */
  void copy(ChunkReader reader, ChunkWriter writer) {
    for (int at = 0; at < reader.length(); at += PIECE_BYTES) {
      piece.clear().limit(Math.min(PIECE_BYTES, reader.length() - at));
      reader.read(at, piece);
      writer.write(piece.flip());
    }
    writer.finish();
  }
}
