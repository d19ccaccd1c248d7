package rondo.server.backup;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import rondo.metadata.rows.Segment;
import rondo.ring.streaming.Throttle;
import rondo.s3.auth.Hashes;
import rondo.server.backup.file.BackupException;
import rondo.server.backup.file.BackupFiles;
import rondo.server.backup.file.BackupTarget;
import rondo.server.backup.file.RecoveryKey;
import rondo.server.backup.file.SealedFile;
import rondo.store.blob.BlobUnavailableException;
import rondo.store.system.SystemPorts;

/**
 * Copies the chunks that a target lacks, some at a time. A chunk never changes, so one that is
 * there under its name isn't sent again; the name ends in the hash of the sealed bytes.
 */
final class ChunkBackup {
  private static final int WORKERS = 4;
  private static final int LIST_BYTES = 4 << 20;
  private static final int MOST_MISSING = 1000;
  private static final int TRIES = 3;

  private final BackupCluster cluster;
  private final BackupTarget target;
  private final RecoveryKey.Seals seals;
  private final BackupProgress progress;
  private final ClusterHold hold;
  private final Throttle throttle;
  private final Consumer<byte[]> lists;

  // Guarded by this.
  private final List<String> missing = new ArrayList<>();
  private final ByteArrayOutputStream list = new ByteArrayOutputStream();

  /**
   * @param lists takes the names of all chunks, a line each, in files of bounded size
   */
  ChunkBackup(
      BackupCluster cluster,
      BackupTarget target,
      BackupOrder order,
      RecoveryKey.Seals seals,
      BackupProgress progress,
      ClusterHold hold,
      Consumer<byte[]> lists) {
    this.cluster = cluster;
    this.target = target;
    this.seals = seals;
    this.progress = progress;
    this.hold = hold;
    this.lists = lists;
    this.throttle = new Throttle(SystemPorts.TASKS, SystemPorts.TIME, () -> order.bytesPerSecond());
  }

  void run(ChunkList all) {
    Workers.run(
        WORKERS,
        () -> {
          for (Segment segment = all.take(); segment != null; segment = all.take()) {
            copy(segment);
          }
        });
    flush();
  }

  private void copy(Segment segment) {
    long chunks = Math.ceilDiv(segment.getSize(), segment.getChunkSize());
    for (long index = 0; index < chunks; index++) {
      progress.check();
      hold.check();
      copy(segment, index);
    }
  }

  private void copy(Segment segment, long index) {
    int length = BackupFiles.chunkBytes(segment, index);
    String name = BackupFiles.chunk(seals.name(), segment.getBlob(), index);
    List<BackupTarget.Stored> there = target.find(name);
    if (!there.isEmpty()) {
      note(there.getFirst().name());
      progress.chunk(length, 0);
      return;
    }
    byte[] plain = read(segment, index, length);
    if (plain.length == 0) {
      miss(name);
      return;
    }
    byte[] sealed = SealedFile.seal(seals, name, plain);
    String whole = name + Hashes.sha256Hex(sealed);
    throttle.spend(sealed.length);
    target.write(whole, sealed);
    note(whole);
    progress.chunk(length, sealed.length);
  }

  /** Reads a chunk; empty when no node has it whole. */
  private byte[] read(Segment segment, long index, int length) {
    for (int i = 0; i < TRIES; i++) {
      var bytes = new ByteArrayOutputStream(length);
      try {
        cluster
            .store()
            .blobs()
            .read(
                List.of(segment),
                index * segment.getChunkSize(),
                length,
                piece -> bytes.writeBytes(piece.getBytes()));
        return bytes.toByteArray();
      } catch (BlobUnavailableException _) {
        cluster.messenger().pause(1_000_000_000L << i);
      }
    }
    return new byte[0];
  }

  private synchronized void miss(String name) {
    if (missing.size() == MOST_MISSING) {
      throw new BackupException(
          "more than %d chunks can't be read: see 'rondo missing', and run it again when the nodes"
                  .formatted(MOST_MISSING)
              + " that have them are back");
    }
    missing.add(name);
  }

  private synchronized void note(String name) {
    list.writeBytes((name + "\n").getBytes(StandardCharsets.US_ASCII));
    if (list.size() >= LIST_BYTES) {
      flush();
    }
  }

  private synchronized void flush() {
    if (list.size() > 0) {
      lists.accept(list.toByteArray());
      list.reset();
    }
  }

  synchronized List<String> missing() {
    return List.copyOf(missing);
  }
}
