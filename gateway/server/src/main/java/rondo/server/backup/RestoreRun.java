package rondo.server.backup;

import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.FenceRow;
import rondo.metadata.rows.ReferenceRow;
import rondo.metadata.rows.Segment;
import rondo.metadata.table.Keys;
import rondo.metadata.table.Tables;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.Decision;
import rondo.ring.message.Row;
import rondo.ring.streaming.Throttle;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.VersionedValue;
import rondo.server.backup.BackupProgress.Phase;
import rondo.server.backup.ChunkRestore.LostChunkException;
import rondo.server.backup.file.BackupException;
import rondo.server.backup.file.BackupFiles;
import rondo.server.backup.file.BackupManifest;
import rondo.server.backup.file.BackupManifest.StoredFile;
import rondo.server.backup.file.BackupTarget;
import rondo.server.backup.file.RecoveryKey;
import rondo.server.backup.file.RowBlobs;
import rondo.server.backup.file.RowFile;
import rondo.server.backup.file.SealedFile;
import rondo.storage.chunk.ChunkOwner;
import rondo.store.row.Bucket;
import rondo.store.row.RowStore;
import rondo.store.row.StoreException;
import rondo.store.system.SystemPorts;

/**
 * Restores one backup, whole or one bucket of it. Rows keep their stamps, and with them the ids of
 * versions; buckets, shards and blobs get new ids. A blob is written before the row that names it,
 * and a bucket's own row last, so that a bucket appears when all of it is there. For one thread.
 */
final class RestoreRun {
  private static final int WORKERS = 16;
  private static final int MOST_LOST = 1000;

  private final BackupCluster cluster;
  private final BackupTarget target;
  private final BackupOrder order;
  private final BackupProgress progress;
  private final BackupManifest manifest;
  private final RecoveryKey.Opens opens;
  private final RestoreMark mark;
  private final RestoredNames names;
  private final RestoredBuckets buckets;
  private final ChunkRestore chunks;

  /** A line each; a newest version, which two rows have, is there once. */
  private final Set<String> lost = new LinkedHashSet<>();

  private boolean checked;

  RestoreRun(
      BackupCluster cluster, BackupTarget target, BackupOrder order, BackupProgress progress) {
    this.cluster = cluster;
    this.target = target;
    this.order = order;
    this.progress = progress;
    this.manifest = BackupManifest.choose(target, order.id());
    this.opens = RecoveryKey.opens(order.key());
    if (!opens.name().equals(manifest.recoveryKey())) {
      throw new BackupException(
          "this backup is sealed to the recovery key %s, and the given one is %s"
              .formatted(manifest.recoveryKey(), opens.name()));
    }
    this.mark = RestoreMark.of(cluster.scratch(), order, manifest.origin().id());
    this.names = new RestoredNames(mark.restore());
    this.buckets = new RestoredBuckets(names, order);
    var throttle = new Throttle(SystemPorts.TASKS, SystemPorts.TIME, () -> order.bytesPerSecond());
    this.chunks =
        new ChunkRestore(cluster.store().blobs(), target, opens, names, progress, throttle);
  }

  /**
   * Restores, and tells what was restored and what is lost.
   *
   * @throws BackupException when it can't be restored, or not now
   */
  Map<String, Object> run() {
    RestoreKeys.check(cluster, target, manifest, opens);
    try (var hold = ClusterHold.begin(cluster)) {
      progress.enter(Phase.CHUNKS);
      if (order.bucket().isEmpty()) {
        progress.all(manifest.content().chunks().number(), manifest.content().chunks().bytes());
      }
      int number = 0;
      for (StoredFile file : BackupFiles.ofKind(manifest, BackupFiles.ROWS)) {
        number++;
        hold.check();
        rows(file, number <= mark.filesDone());
        mark.done(Math.max(number, mark.filesDone()));
      }
      checkNames();
      buckets.rows().forEach(this::open);
    }
    mark.remove();
    return Map.of(
        "backup", manifest.origin().id(), "buckets", buckets.names(), "lost", List.copyOf(lost));
  }

  private String folder() {
    return BackupManifest.folder(manifest.origin().id());
  }

  private void rows(StoredFile file, boolean done) {
    byte[] sealed = BackupFiles.read(target, folder(), file);
    byte[] plain = SealedFile.open(opens, folder() + file.name(), sealed);
    var left = new ConcurrentLinkedQueue<Row>();
    for (Row row : RowFile.read(file.name(), plain)) {
      if (!isOfLayout(row) && !done) {
        checkNames();
        left.add(row);
      }
    }
    Workers.run(
        WORKERS,
        () -> {
          for (Row row = left.poll(); row != null; row = left.poll()) {
            progress.check();
            restore(row);
          }
        });
  }

  /** Takes the rows of buckets and fences, which come before all others. */
  private boolean isOfLayout(Row row) {
    Bytes value = value(row);
    switch (row.key().table()) {
      case Tables.BUCKETS ->
          buckets.add(row.key().sort().utf8(), RowStore.decode(BucketRow.parser(), value));
      case Tables.SHARDS ->
          buckets.add(row.key().partition(), RowStore.decode(FenceRow.parser(), value));
      default -> {
        return false;
      }
    }
    return true;
  }

  private static Bytes value(Row row) {
    Bytes value = row.state().value();
    if (value == null) {
      throw new IllegalStateException("a removed row in a backup");
    }
    return value;
  }

  /** Refuses a restore over buckets that exist, before anything is written. */
  private void checkNames() {
    if (checked) {
      return;
    }
    checked = true;
    if (buckets.names().isEmpty() && !order.bucket().isEmpty()) {
      throw new BackupException(
          "backup %s has no bucket %s".formatted(manifest.origin().id(), order.bucket()));
    }
    List<String> taken = buckets.names().stream().filter(this::isTaken).toList();
    if (!taken.isEmpty()) {
      throw new BackupException(
          "%s there already: delete what is to be replaced, or restore one bucket under another name with --bucket NAME --as NEW"
              .formatted(
                  taken.size() == 1
                      ? "the bucket " + taken.getFirst() + " is"
                      : "the buckets " + String.join(", ", taken) + " are"));
    }
  }

  private boolean isTaken(String name) {
    Bytes value = cluster.store().rows().read(Keys.bucket(name)).value();
    return value != null
        && !RowStore.decode(BucketRow.parser(), value)
            .getId()
            .equals(RowStore.text(names.bucket(name)));
  }

  private void restore(Row row) {
    try {
      if (Tables.isFenced(row.key().table())) {
        ofShard(row);
      } else if (row.key().table() == Tables.REFERENCES) {
        reference(row);
      } else if (order.bucket().isEmpty()) {
        identity(row);
      }
      progress.row();
    } catch (StoreException e) {
      throw new BackupException(
          "the cluster can't take a row now: " + e.message() + ": run the restore again", e);
    } catch (LostChunkException e) {
      lose(row, e);
    }
  }

  private synchronized void lose(Row row, LostChunkException e) {
    Key key = row.key();
    lost.add(RowBlobs.key(key.table(), key.sort()).utf8() + ": " + e.getMessage());
    if (lost.size() > MOST_LOST) {
      throw new BackupException(
          "more than %d objects have lost chunks in %s: 'rondo backup verify' says which"
              .formatted(MOST_LOST, target));
    }
  }

  private void ofShard(Row row) throws LostChunkException {
    int table = row.key().table();
    Bytes sort = row.key().sort();
    Bytes key = RowBlobs.key(table, sort);
    @Nullable Bytes shard = buckets.shardOf(row.key().partition(), key);
    if (shard == null) {
      return;
    }
    Bytes value = value(row);
    ChunkOwner owner = owner(table, shard, key, sort);
    for (Segment segment : RowBlobs.of(table, value)) {
      chunks.bring(segment, owner);
    }
    Bytes changed = RowBlobs.with(table, value, names::blob);
    copy(new Key(table, shard, sort), row, changed);
  }

  private void copy(Key key, Row row, Bytes value) {
    cluster.store().rows().copy(key, new VersionedValue(row.state().stamp(), value));
  }

  private static ChunkOwner owner(int table, Bytes shard, Bytes key, Bytes sort) {
    int from = key.length() + 1;
    return switch (table) {
      case Tables.PARTS ->
          new ChunkOwner(
              shard, key, sort.slice(from, from + RowBlobs.UPLOAD_ID_BYTES), Keys.partNumber(sort));
      case Tables.UPLOADS -> new ChunkOwner(shard, key, sort.slice(from, sort.length()), 1);
      default -> ChunkOwner.object(shard, key);
    };
  }

  private void reference(Row row) {
    ReferenceRow reference = RowStore.decode(ReferenceRow.parser(), value(row));
    Bytes key = RowStore.bytes(reference.getKey());
    Bytes shard = buckets.shardOf(RowStore.bytes(reference.getShard()), key);
    if (shard != null) {
      Bytes changed = RowStore.encode(reference.toBuilder().setShard(RowStore.text(shard)).build());
      copy(Keys.reference(names.blob(row.key().partition()), row.key().sort()), row, changed);
    }
  }

  /** Accounts and access keys that are there already stay as they are. */
  private void identity(Row row) {
    Bytes value = value(row);
    cluster
        .store()
        .rows()
        .update(
            row.key(),
            before -> before.isPresent() ? new Decision.Decline() : new Decision.Put(value));
  }

  private void open(String name, BucketRow row) {
    ConditionalResult made =
        cluster
            .store()
            .rows()
            .update(
                Keys.bucket(name),
                before ->
                    before.isPresent()
                        ? new Decision.Decline()
                        : new Decision.Put(RowStore.encode(row)));
    if (made instanceof ConditionalResult.Declined && isTaken(name)) {
      throw new BackupException(
          "the bucket %s was made by somebody else meanwhile: delete it and run the restore again"
              .formatted(name));
    }
    if (row.hasLifecycle()) {
      VersionedValue state = cluster.store().rows().read(Keys.bucket(name));
      cluster.store().lifecycles().mark(new Bucket(name, row, state.stamp()), Duration.ZERO);
    }
  }
}
