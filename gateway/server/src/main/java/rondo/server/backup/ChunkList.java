package rondo.server.backup;

import com.google.protobuf.ByteString;
import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Segment;
import rondo.server.backup.file.BackupException;

/**
 * The blobs that a backup's rows name, kept in a file of the node until their chunks are copied.
 * First all are added by one thread, then any threads take them.
 */
final class ChunkList implements AutoCloseable {
  /** Of neighbouring rows, such as an object's head and its newest version, many name one blob. */
  private static final int REMEMBERED = 50_000;

  private final Path file;
  private final DataOutputStream out;
  private @Nullable DataInputStream in;
  private final Map<ByteString, Boolean> seen =
      new LinkedHashMap<>(1000, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<ByteString, Boolean> eldest) {
          return size() > REMEMBERED;
        }
      };

  private long chunks;
  private long bytes;

  ChunkList(Path file) {
    this.file = file;
    try {
      this.out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(file)));
    } catch (IOException e) {
      throw failed(e);
    }
  }

  private BackupException failed(IOException e) {
    return new BackupException("the node can't keep " + file + ": " + e.getMessage(), e);
  }

  void add(Segment segment) {
    if (seen.putIfAbsent(segment.getBlob(), true) != null) {
      return;
    }
    chunks += Math.ceilDiv(segment.getSize(), segment.getChunkSize());
    bytes += segment.getSize();
    try {
      byte[] encoded = segment.toByteArray();
      out.writeShort(encoded.length);
      out.write(encoded);
    } catch (IOException e) {
      throw failed(e);
    }
  }

  long chunks() {
    return chunks;
  }

  long bytes() {
    return bytes;
  }

  /** Takes the next blob; null when all are taken. */
  synchronized @Nullable Segment take() {
    try {
      if (in == null) {
        out.close();
        in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file)));
      }
      byte[] encoded = new byte[in.readUnsignedShort()];
      in.readFully(encoded);
      return Segment.parseFrom(encoded);
    } catch (EOFException _) {
      return null;
    } catch (IOException e) {
      throw failed(e);
    }
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
      if (in != null) {
        in.close();
      }
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw failed(e);
    }
  }
}
