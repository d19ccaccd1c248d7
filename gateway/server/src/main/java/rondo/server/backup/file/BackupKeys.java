package rondo.server.backup.file;

import java.nio.charset.StandardCharsets;
import rondo.s3.crypt.MasterKeys;

/** The master keys in a backup. */
public final class BackupKeys {
  private BackupKeys() {}

  public static MasterKeys parse(RecoveryKey.Opens opens, BackupManifest manifest, byte[] sealed) {
    return MasterKeys.parse(text(opens, manifest.origin().id(), sealed));
  }

  /**
   * The text of the file of master keys of a backup.
   *
   * @param sealed the file as it is in the target
   * @throws BackupException when another recovery key opens it, or it was changed
   */
  public static String text(RecoveryKey.Opens opens, String backup, byte[] sealed) {
    byte[] plain = SealedFile.open(opens, BackupManifest.folder(backup) + BackupFiles.KEYS, sealed);
    return new String(plain, StandardCharsets.UTF_8);
  }
}
