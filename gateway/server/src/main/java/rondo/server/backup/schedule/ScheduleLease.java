package rondo.server.backup.schedule;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import rondo.server.backup.file.BackupTarget;

/**
 * A file in the target that says which node makes a scheduled backup, until when the others leave
 * it alone, and the backup's id, so that another node can go on with it. Two nodes that write it at
 * once both make a backup, which costs time and harms nothing.
 *
 * <pre>
 * file = node " " end in milliseconds since 1970 " " id of the backup
 * </pre>
 */
record ScheduleLease(String node, long untilMillis, String backup) {
  private static String name(String cluster) {
    return "schedules/" + cluster;
  }

  /** Reads the lease; null when there is none, or it has another form. */
  static @Nullable ScheduleLease read(BackupTarget target, String cluster) {
    byte[] file = target.read(name(cluster));
    String text = file == null ? "" : new String(file, StandardCharsets.UTF_8);
    String[] words = text.split(" ", -1);
    return words.length == 3 && words[1].matches("[0-9]{1,18}")
        ? new ScheduleLease(words[0], Long.parseLong(words[1]), words[2])
        : null;
  }

  void write(BackupTarget target, String cluster) {
    String text = "%s %d %s".formatted(node, untilMillis, backup);
    target.write(name(cluster), text.getBytes(StandardCharsets.UTF_8));
  }
}
