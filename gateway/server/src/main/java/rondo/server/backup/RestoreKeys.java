package rondo.server.backup;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import rondo.s3.crypt.MasterKeys;
import rondo.server.backup.file.BackupException;
import rondo.server.backup.file.BackupFiles;
import rondo.server.backup.file.BackupKeys;
import rondo.server.backup.file.BackupManifest;
import rondo.server.backup.file.BackupTarget;
import rondo.server.backup.file.RecoveryKey;

/** Compares the master keys of a backup with those of the cluster that is to get it. */
final class RestoreKeys {
  private RestoreKeys() {}

  /**
   * Checks that all objects and secrets of the backup are under keys that this cluster has, or
   * Vault.
   *
   * @throws BackupException naming the keys that it lacks
   */
  static void check(
      BackupCluster cluster,
      BackupTarget target,
      BackupManifest manifest,
      RecoveryKey.Opens opens) {
    String folder = BackupManifest.folder(manifest.origin().id());
    byte[] sealed =
        manifest.files().stream()
            .filter(file -> file.name().equals(BackupFiles.KEYS))
            .findFirst()
            .map(file -> BackupFiles.read(target, folder, file))
            .orElseThrow(() -> new BackupException("this backup has no file of master keys"));
    MasterKeys needed = BackupKeys.parse(opens, manifest, sealed);
    Map<String, List<String>> here = cluster.keys().own().versions();
    var lacking = new ArrayList<String>();
    needed
        .versions()
        .forEach((name, versions) ->
            versions.stream()
                .filter(version -> !here.getOrDefault(name, List.of()).contains(version))
                .forEach(version -> lacking.add(name + " " + version)));
    if (!lacking.isEmpty()) {
      throw new BackupException(
          "this cluster lacks master keys that the backup needs (%s): 'rondo backup keys' writes them to a file for --master-keys of every node"
              .formatted(String.join(", ", lacking)));
    }
  }
}
