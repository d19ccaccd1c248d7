package rondo.server.backup.file;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a backup is made of. It is written last: a backup without one isn't whole. The text is JSON,
 * readable without the recovery key; the names of buckets are in it, and nothing else of what is in
 * the cluster.
 *
 * @param format {@link #FORMAT}
 * @param recoveryKey the name of the key that it is sealed to
 * @param files all files of this backup, without the chunks
 */
public record BackupManifest(
    int format, Origin origin, String recoveryKey, List<StoredFile> files, Content content) {
  /** The version of the format of backups that this program writes and reads. */
  public static final int FORMAT = 1;

  public static final String FILE = "manifest.json";
  public static final String FOLDER = "backups/";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /**
   * When and where a backup was made.
   *
   * @param cluster that it is of
   * @param orderedAt when it was ordered, in ISO 8601
   * @param cutAt when its cut was taken, by the clock of the node that took it
   * @param nodes whose rows it was read from
   */
  public record Origin(
      String id, String cluster, String orderedAt, String cutAt, List<Long> nodes) {}

  /**
   * What is in a backup.
   *
   * @param chunks how many it names, and the number of their plain bytes
   * @param missing chunks that no node could read
   * @param buckets their names
   * @param vaultKeys the names of keys of the key management service that encrypt objects here
   */
  public record Content(
      Count rows,
      Count chunks,
      List<String> missing,
      List<String> buckets,
      List<String> vaultKeys) {}

  /** A file of the backup, and the SHA-256 of its bytes in hex. */
  public record StoredFile(String name, long bytes, String sha256) {}

  /** A number of things, and of their bytes. */
  public record Count(long number, long bytes) {}

  public static String folder(String id) {
    return FOLDER + id + "/";
  }

  public byte[] encode() {
    return JSON.writerWithDefaultPrettyPrinter()
        .writeValueAsString(this)
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Reads the manifest of a backup.
   *
   * @throws BackupException when there is no whole backup of this id, or it has another format
   */
  public static BackupManifest read(BackupTarget target, String id) {
    byte[] text = target.read(folder(id) + FILE);
    if (text == null) {
      throw new BackupException(
          "there is no whole backup %s in %s: it has no manifest, which is written last"
              .formatted(id, target));
    }
    return decode(target + "/" + folder(id) + FILE, text);
  }

  private static BackupManifest decode(String name, byte[] text) {
    try {
      JsonNode tree = JSON.readTree(new String(text, StandardCharsets.UTF_8));
      int format = tree.path("format").asInt(0);
      if (format > FORMAT) {
        throw new BackupException(
            "%s is of version %d of backups, and this Rondo reads up to %d: use a newer Rondo"
                .formatted(name, format, FORMAT));
      }
      if (format < 1) {
        throw new BackupException(name + " is no manifest of a backup");
      }
      return JSON.treeToValue(tree, BackupManifest.class);
    } catch (JacksonException e) {
      throw new BackupException(name + " is damaged: it isn't the JSON of a manifest", e);
    }
  }

  /** Lists the whole backups of a target, the newest first. */
  public static List<BackupManifest> all(BackupTarget target) {
    var found = new ArrayList<BackupManifest>();
    for (String id : target.folders(FOLDER)) {
      String name = folder(id) + FILE;
      byte[] text = target.read(name);
      if (text != null) {
        found.add(decode(name, text));
      }
    }
    found.sort(Comparator.comparing((BackupManifest one) -> one.origin().cutAt()).reversed());
    return found;
  }

  /**
   * Returns the backup of that id, or the newest if the id is empty.
   *
   * @throws BackupException when there is none
   */
  public static BackupManifest choose(BackupTarget target, String id) {
    if (!id.isEmpty()) {
      return read(target, id);
    }
    List<BackupManifest> all = all(target);
    if (all.isEmpty()) {
      throw new BackupException("there is no whole backup in " + target);
    }
    return all.getFirst();
  }
}
