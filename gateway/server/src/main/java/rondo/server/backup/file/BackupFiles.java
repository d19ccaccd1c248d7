package rondo.server.backup.file;

import com.google.protobuf.ByteString;
import java.util.HexFormat;
import java.util.List;
import rondo.metadata.rows.Segment;
import rondo.s3.auth.Hashes;
import rondo.server.backup.file.BackupManifest.StoredFile;

/** The names and hashes of a backup's files. Pure. */
public final class BackupFiles {
  public static final String KEYS = "keys";
  public static final String ROWS = "rows-";
  public static final String CHUNKS = "chunks-";

  private BackupFiles() {}

  public static String numbered(String kind, int number) {
    return "%s%06d".formatted(kind, number);
  }

  /** The name of a chunk without the hash of its file: what the seal binds. */
  public static String chunk(String recoveryKey, ByteString blob, long index) {
    String hex = HexFormat.of().formatHex(blob.toByteArray());
    return "chunks/%s/%s/%s-%d-".formatted(recoveryKey, hex.substring(0, 4), hex, index);
  }

  /** The length of a blob's chunk, in bytes. */
  public static int chunkBytes(Segment segment, long index) {
    return (int)
        Math.min(segment.getChunkSize(), segment.getSize() - index * segment.getChunkSize());
  }

  public static StoredFile stored(String name, byte[] content) {
    return new StoredFile(name, content.length, Hashes.sha256Hex(content));
  }

  /**
   * Reads a file of a backup, and verifies it.
   *
   * @throws BackupException when it is missing or differs from what was written
   */
  public static byte[] read(BackupTarget target, String folder, StoredFile file) {
    byte[] content = target.read(folder + file.name());
    if (content == null) {
      throw new BackupException("%s/%s%s is missing".formatted(target, folder, file.name()));
    }
    if (!Hashes.sha256Hex(content).equals(file.sha256())) {
      throw new BackupException(
          "%s/%s%s is damaged: its hash isn't the one in the manifest"
              .formatted(target, folder, file.name()));
    }
    return content;
  }

  /** The files of one kind, in order. */
  public static List<StoredFile> ofKind(BackupManifest manifest, String kind) {
    return manifest.files().stream().filter(file -> file.name().startsWith(kind)).toList();
  }
}
