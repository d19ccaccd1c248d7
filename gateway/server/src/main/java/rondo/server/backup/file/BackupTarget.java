package rondo.server.backup.file;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where backups are kept: files by name, with slashes between folders. Thread-safe; blocks. Every
 * method throws a {@link BackupException} that names the target and says what is wrong with it.
 */
public interface BackupTarget {
  /** A file and its size. */
  record Stored(String name, long bytes) {}

  /** Writes a whole file, or nothing of it; durable when this returns. */
  void write(String name, byte[] content);

  /** Reads a file; null when there is none. */
  byte @Nullable [] read(String name);

  /**
   * Lists the files whose names begin so, in any order. The prefix has all folders of the names.
   */
  List<Stored> find(String prefix);

  /** Lists the names of the folders in a folder. */
  List<String> folders(String folder);
}
