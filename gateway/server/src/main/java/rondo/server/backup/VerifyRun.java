package rondo.server.backup;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import rondo.ring.streaming.Throttle;
import rondo.s3.auth.Hashes;
import rondo.server.backup.BackupProgress.Phase;
import rondo.server.backup.file.BackupException;
import rondo.server.backup.file.BackupFiles;
import rondo.server.backup.file.BackupManifest;
import rondo.server.backup.file.BackupManifest.StoredFile;
import rondo.server.backup.file.BackupTarget;
import rondo.server.backup.file.RecoveryKey;
import rondo.server.backup.file.SealedFile;
import rondo.store.system.SystemPorts;

/**
 * Reads a whole backup again and compares each file with its hash. With the private half of the
 * recovery key it opens each, too.
 */
final class VerifyRun {
  private static final int WORKERS = 4;
  private static final int MOST_FOUND = 100;
  private static final int HASH_DIGITS = 64;

  private final BackupTarget target;
  private final BackupManifest manifest;
  private final RecoveryKey.@Nullable Opens opens;
  private final BackupProgress progress;
  private final Throttle throttle;
  private final List<String> damaged = new ArrayList<>();

  VerifyRun(
      BackupTarget target, BackupOrder order, BackupManifest manifest, BackupProgress progress) {
    this.target = target;
    this.manifest = manifest;
    this.opens = order.key().isBlank() ? null : RecoveryKey.opens(order.key());
    this.progress = progress;
    this.throttle = new Throttle(SystemPorts.TASKS, SystemPorts.TIME, () -> order.bytesPerSecond());
  }

  /** A line for each file that is missing or damaged, up to a hundred. */
  List<String> run() {
    progress.enter(Phase.CHUNKS);
    progress.all(manifest.content().chunks().number(), manifest.content().chunks().bytes());
    String folder = BackupManifest.folder(manifest.origin().id());
    for (StoredFile file : manifest.files()) {
      progress.check();
      byte[] content = checked(() -> BackupFiles.read(target, folder, file));
      if (content != null && file.name().startsWith(BackupFiles.CHUNKS)) {
        chunks(new String(content, StandardCharsets.US_ASCII).lines().toList());
      } else if (content != null) {
        open(folder + file.name(), content);
      }
    }
    return List.copyOf(damaged);
  }

  private void chunks(List<String> names) {
    var left = new ConcurrentLinkedQueue<>(names);
    Workers.run(
        WORKERS,
        () -> {
          for (String name = left.poll(); name != null; name = left.poll()) {
            progress.check();
            chunk(name);
          }
        });
  }

  private void chunk(String name) {
    byte[] content = checked(() -> read(target, name));
    if (content != null) {
      throttle.spend(content.length);
      open(name.substring(0, name.length() - HASH_DIGITS), content);
      progress.chunk(content.length, content.length);
    }
  }

  /**
   * Reads a chunk's file, and verifies it.
   *
   * @throws BackupException when it is missing or damaged
   */
  static byte[] read(BackupTarget target, String name) {
    byte[] content = target.read(name);
    if (content == null) {
      throw new BackupException("%s/%s is missing".formatted(target, name));
    }
    if (!name.endsWith(Hashes.sha256Hex(content))) {
      throw new BackupException(
          "%s/%s is damaged: its hash isn't the one in its name".formatted(target, name));
    }
    return content;
  }

  private void open(String name, byte[] content) {
    RecoveryKey.Opens with = opens;
    if (with != null) {
      checked(() -> SealedFile.open(with, name, content));
    }
  }

  /** Reads something. */
  private interface Reading {
    byte[] get();
  }

  private byte @Nullable [] checked(Reading reading) {
    try {
      return reading.get();
    } catch (BackupException e) {
      found(String.valueOf(e.getMessage()));
      return null;
    }
  }

  private synchronized void found(String line) {
    if (damaged.size() < MOST_FOUND) {
      damaged.add(line);
    }
  }
}
