package rondo.server.backup;

import java.nio.file.Path;
import java.util.regex.Pattern;
import rondo.s3.request.BucketName;
import rondo.server.backup.file.BackupException;
import rondo.server.backup.file.BackupTarget;
import rondo.server.backup.file.FolderTarget;
import rondo.server.backup.file.S3Access;
import rondo.server.backup.file.S3Target;

/**
 * An operator's order about backups.
 *
 * @param target a folder, or an S3 bucket and prefix
 * @param id of the backup; of an order to restore or verify, empty: the newest
 * @param key a half of the recovery key, as text: the public one to back up, the private one to
 *     restore; to verify, empty or the private one
 * @param bytesPerSecond the most that are copied; 0: no bound
 * @param bucket to restore alone; empty: all
 * @param as the name that the one bucket gets; empty: its own
 * @param s3 how a target in S3 is reached; of a folder {@link S3Access#NONE}
 */
public record BackupOrder(
    String target,
    String id,
    String key,
    long bytesPerSecond,
    String bucket,
    String as,
    S3Access s3) {
  private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9-]{0,63}");

  public BackupOrder {
    if (!id.isEmpty() && !ID.matcher(id).matches()) {
      throw new BackupException(
          "the id of a backup has up to 64 lower-case letters, digits and dashes, and not " + id);
    }
    if (target.isBlank()) {
      throw new BackupException("name the target: a folder of the node, or s3://BUCKET/PREFIX");
    }
    if (bytesPerSecond < 0) {
      throw new BackupException("a rate is at least 0 bytes a second");
    }
    if (bucket.isEmpty() && !as.isEmpty()) {
      throw new BackupException("only a bucket that is restored alone can get another name");
    }
    if (!as.isEmpty() && !BucketName.isValid(as)) {
      throw new BackupException(as + " is no name of a bucket");
    }
  }

  /** This order for the backup of that id. */
  BackupOrder of(String backup) {
    return new BackupOrder(target, backup, key, bytesPerSecond, bucket, as, s3);
  }

  /**
   * Opens the target.
   *
   * @throws BackupException when it can't be one
   */
  public BackupTarget open() {
    return target.startsWith(S3Target.SCHEME)
        ? S3Target.of(target, s3)
        : new FolderTarget(Path.of(target));
  }
}
