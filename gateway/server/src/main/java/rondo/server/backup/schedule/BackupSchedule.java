package rondo.server.backup.schedule;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import rondo.server.backup.BackupOrder;
import rondo.server.backup.file.BackupException;
import rondo.server.backup.file.RecoveryKey;
import rondo.server.config.StartException;
import rondo.server.storage.PrivateFile;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * An operator's wish for a backup every so often. It is kept in a file that only the node's owner
 * may read, since it has the credentials of a target in S3.
 *
 * @param order without an id
 * @param everySeconds 60 to 366 days
 */
public record BackupSchedule(BackupOrder order, long everySeconds) {
  private static final String FILE = "backup-schedule";
  private static final long LEAST_SECONDS = 60;

  public BackupSchedule {
    if (everySeconds < LEAST_SECONDS || everySeconds > Duration.ofDays(366).toSeconds()) {
      throw new BackupException("backups are made every minute at most, and every year at least");
    }
    RecoveryKey.seals(order.key());
    if (!order.id().isEmpty()) {
      throw new BackupException("scheduled backups get ids of their own");
    }
  }

  Duration every() {
    return Duration.ofSeconds(everySeconds);
  }

  /**
   * Reads the schedule of a node; null when it has none.
   *
   * @throws BackupException when its file is damaged
   */
  static @Nullable BackupSchedule read(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      String text = PrivateFile.read(file).orElse("");
      return text.isEmpty() ? null : JsonMapper.shared().readValue(text, BackupSchedule.class);
    } catch (StartException | JacksonException e) {
      throw new BackupException(
          "the schedule of backups in %s can't be read: order it again".formatted(file), e);
    }
  }

  void write(Path folder) {
    try {
      PrivateFile.write(folder.resolve(FILE), JsonMapper.shared().writeValueAsString(this));
    } catch (StartException e) {
      throw new BackupException(String.valueOf(e.getMessage()), e);
    }
  }

  static void remove(Path folder) {
    Path file = folder.resolve(FILE);
    try {
      Files.delete(file);
    } catch (NoSuchFileException _) {
      // There was none.
    } catch (IOException e) {
      throw new BackupException("can't remove " + file + ": " + e.getMessage(), e);
    }
  }
}
