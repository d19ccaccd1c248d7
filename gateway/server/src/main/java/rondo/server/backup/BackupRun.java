package rondo.server.backup;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.Encryption;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.shard.ShardRanges;
import rondo.metadata.table.Tables;
import rondo.ring.message.Row;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;
import rondo.s3.encryption.MasterKeyring;
import rondo.server.backup.BackupProgress.Phase;
import rondo.server.backup.file.BackupException;
import rondo.server.backup.file.BackupFiles;
import rondo.server.backup.file.BackupManifest;
import rondo.server.backup.file.BackupManifest.Content;
import rondo.server.backup.file.BackupManifest.Count;
import rondo.server.backup.file.BackupManifest.Origin;
import rondo.server.backup.file.BackupManifest.StoredFile;
import rondo.server.backup.file.BackupTarget;
import rondo.server.backup.file.RecoveryKey;
import rondo.server.backup.file.RowBlobs;
import rondo.server.backup.file.RowFile;
import rondo.server.backup.file.SealedFile;
import rondo.store.row.RandomIds;
import rondo.store.row.RowStore;
import rondo.store.snapshot.ClusterSnapshot;
import rondo.store.snapshot.SnapshotException;
import rondo.store.snapshot.SnapshotRows;
import rondo.store.system.SystemPorts;

/**
 * Makes one backup: holds all chunks, takes a snapshot of all rows, writes the rows, then the
 * chunks that they name and the target lacks, and last the manifest. Run again with the same id, it
 * takes a new snapshot and sends only the chunks that are still lacking. For one thread.
 */
final class BackupRun {
  private static final Set<Integer> KEPT =
      Set.of(
          Tables.BUCKETS,
          Tables.SHARDS,
          Tables.OBJECTS,
          Tables.UPLOADS,
          Tables.REFERENCES,
          Tables.ACCOUNTS,
          Tables.KEYS,
          Tables.VERSIONS,
          Tables.PARTS);

  private final BackupCluster cluster;
  private final BackupTarget target;
  private final BackupOrder order;
  private final RecoveryKey.Seals seals;
  private final BackupProgress progress;
  private final List<StoredFile> files = new ArrayList<>();
  private final Map<Bytes, BucketRow> shards = new HashMap<>();
  private final Set<String> buckets = new TreeSet<>();
  private final Set<String> kmsKeys = new TreeSet<>();
  private final RowFile rows = new RowFile();
  private int lists;
  private long rowCount;
  private long rowBytes;

  BackupRun(
      BackupCluster cluster, BackupTarget target, BackupOrder order, BackupProgress progress) {
    this.cluster = cluster;
    this.target = target;
    this.order = order;
    this.seals = RecoveryKey.seals(order.key());
    this.progress = progress;
  }

  /**
   * Makes the backup.
   *
   * @throws BackupException when it can't be made
   */
  BackupManifest run() {
    MasterKeyring keys = cluster.keys();
    String orderedAt = Instant.now().toString();
    claim();
    try (var hold = ClusterHold.begin(cluster);
        var list = new ChunkList(cluster.scratch().resolve("backup-" + order.id() + ".tmp"))) {
      progress.enter(Phase.ROWS);
      Origin origin = rows(orderedAt, list);
      progress.enter(Phase.CHUNKS);
      progress.all(list.chunks(), list.bytes());
      var copy = new ChunkBackup(cluster, target, order, seals, progress, hold, this::writeList);
      copy.run(list);
      write(BackupFiles.KEYS, sealed(BackupFiles.KEYS, utf8(keys.own().text())));
      var content =
          new Content(
              new Count(rowCount, rowBytes),
              new Count(list.chunks(), list.bytes()),
              copy.missing(),
              List.copyOf(buckets),
              keys.kms() == keys.own() ? List.of() : List.copyOf(kmsKeys));
      var manifest =
          new BackupManifest(BackupManifest.FORMAT, origin, seals.name(), files, content);
      hold.check();
      target.write(BackupManifest.folder(order.id()) + BackupManifest.FILE, manifest.encode());
      return manifest;
    }
  }

  /** Writes down whose backup this is, unless another cluster has done so under this id. */
  private void claim() {
    String name = BackupManifest.folder(order.id()) + "cluster";
    String own = cluster.layout().cluster();
    byte[] found = target.read(name);
    if (found != null && !new String(found, StandardCharsets.UTF_8).equals(own)) {
      throw new BackupException(
          "backup %s in %s is of another cluster: name another id".formatted(order.id(), target));
    }
    if (target.read(BackupManifest.folder(order.id()) + BackupManifest.FILE) != null) {
      throw new BackupException(
          "backup %s in %s is whole already: leave the id out to make a new one"
              .formatted(order.id(), target));
    }
    target.write(name, utf8(own));
  }

  private Origin rows(String orderedAt, ChunkList list) {
    long id = SystemPorts.CHANCE.nextLong() | 1;
    try (ClusterSnapshot snapshot =
        ClusterSnapshot.take(id, cluster::members, cluster.messenger(), SystemPorts.TIME)) {
      String cutAt = Instant.now().toString();
      SnapshotRows all = snapshot.rows();
      for (Row row = all.next(); row != null; row = all.next()) {
        progress.check();
        take(row, list);
      }
      flush();
      return new Origin(
          order.id(),
          cluster.layout().cluster(),
          orderedAt,
          cutAt,
          snapshot.nodes().stream().map(NodeId::value).toList());
    } catch (SnapshotException e) {
      throw new BackupException(String.valueOf(e.getMessage()), e);
    }
  }

  private void take(Row row, ChunkList list) {
    int table = row.key().table();
    Bytes value = row.state().value();
    if (value == null || !KEPT.contains(table)) {
      return;
    }
    if (table == Tables.BUCKETS) {
      BucketRow bucket = RowStore.decode(BucketRow.parser(), value);
      buckets.add(row.key().sort().utf8());
      bucket.getShardsList().forEach(range -> shards.put(RowStore.bytes(range.getId()), bucket));
      noteKmsKey(bucket.getEncryption().getMode(), bucket.getEncryption().getKeyId());
    } else if (Tables.isFenced(table)) {
      if (!isHere(row)) {
        return;
      }
      RowBlobs.of(table, value).forEach(list::add);
      noteKmsKey(table, value);
    }
    rows.add(row.key(), row.state().stamp(), value);
    rowCount++;
    progress.row();
    if (rows.isFull()) {
      flush();
    }
  }

  /** Whether the row is where its bucket's row says that it is: others are left behind by moves. */
  private boolean isHere(Row row) {
    @Nullable BucketRow bucket = shards.get(row.key().partition());
    Bytes key = RowBlobs.key(row.key().table(), row.key().sort());
    return bucket != null && ShardRanges.shardOf(bucket, key).equals(row.key().partition());
  }

  private void noteKmsKey(int table, Bytes value) {
    if (table == Tables.OBJECTS || table == Tables.VERSIONS) {
      Encryption encryption = RowStore.decode(ObjectRow.parser(), value).getEncryption();
      noteKmsKey(encryption.getMode(), encryption.getKeyId());
    }
  }

  private void noteKmsKey(Encryption.Mode mode, String keyId) {
    if ((mode == Encryption.Mode.KMS || mode == Encryption.Mode.DUAL) && !keyId.isEmpty()) {
      kmsKeys.add(keyId);
    }
  }

  private void flush() {
    if (!rows.isEmpty()) {
      byte[] plain = rows.take();
      rowBytes += plain.length;
      String name = BackupFiles.numbered(BackupFiles.ROWS, files.size() + 1);
      write(name, sealed(name, plain));
    }
  }

  private byte[] sealed(String name, byte[] plain) {
    return SealedFile.seal(seals, BackupManifest.folder(order.id()) + name, plain);
  }

  private void writeList(byte[] names) {
    lists++;
    write(BackupFiles.numbered(BackupFiles.CHUNKS, lists), names);
  }

  private void write(String name, byte[] content) {
    progress.check();
    target.write(BackupManifest.folder(order.id()) + name, content);
    files.add(BackupFiles.stored(name, content));
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** A new backup's id: 32 hexadecimal digits. */
  static String newId() {
    return new RandomIds().next().toString();
  }
}
