package rondo.server.backup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import rondo.ring.value.Bytes;
import rondo.s3.auth.Hashes;
import rondo.server.backup.file.BackupException;
import rondo.storage.folder.CorruptException;
import rondo.storage.folder.DurableValue;
import rondo.store.row.RandomIds;

/**
 * How far a restore has come: its random id, and the number of files of rows that are done. It is
 * kept in a file of the node, so that the same order on the same node goes on there. For one
 * thread.
 *
 * <pre>
 * value = id of the restore " " files done
 * </pre>
 */
final class RestoreMark {
  private final Path file;
  private final DurableValue stored;
  private final String restore;
  private int filesDone;

  private RestoreMark(Path file, DurableValue stored, String restore, int filesDone) {
    this.file = file;
    this.stored = stored;
    this.restore = restore;
    this.filesDone = filesDone;
  }

  static RestoreMark of(Path folder, BackupOrder order, String backup) {
    String what = String.join("\0", order.target(), backup, order.bucket(), order.as());
    String name = Hashes.sha256Hex(Bytes.utf8(what).array()).substring(0, 32);
    Path file = folder.resolve("restore-" + name);
    var stored = new DurableValue(file);
    try {
      String[] found = stored.read().map(Bytes::utf8).orElse("").split(" ", 2);
      if (found.length == 2) {
        return new RestoreMark(file, stored, found[0], Integer.parseInt(found[1]));
      }
    } catch (CorruptException _) {
      // A fresh restore is always right; what the other one has made is of no use then.
    }
    var mark = new RestoreMark(file, stored, new RandomIds().next().toString(), 0);
    mark.done(0);
    return mark;
  }

  /** The restore's own id. */
  String restore() {
    return restore;
  }

  int filesDone() {
    return filesDone;
  }

  /** Notes that so many files of rows are done; durable when this returns. */
  void done(int files) {
    stored.write(Bytes.utf8(restore + " " + files));
    filesDone = files;
  }

  /** Forgets the restore, which has ended. */
  void remove() {
    try {
      Files.delete(file);
    } catch (NoSuchFileException _) {
      // It is forgotten already.
    } catch (IOException e) {
      throw new BackupException("can't remove " + file + ": " + e.getMessage(), e);
    }
  }
}
