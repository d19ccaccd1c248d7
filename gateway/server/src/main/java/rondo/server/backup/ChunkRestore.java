package rondo.server.backup;

import com.google.protobuf.ByteString;
import io.vertx.core.buffer.Buffer;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.IntStream;
import rondo.metadata.rows.Segment;
import rondo.ring.streaming.Throttle;
import rondo.ring.value.Bytes;
import rondo.s3.auth.Hashes;
import rondo.server.backup.file.BackupException;
import rondo.server.backup.file.BackupFiles;
import rondo.server.backup.file.BackupTarget;
import rondo.server.backup.file.RecoveryKey;
import rondo.server.backup.file.SealedFile;
import rondo.storage.chunk.ChunkOwner;
import rondo.store.blob.BlobStore;
import rondo.store.blob.BlobUnavailableException;
import rondo.store.blob.BlobWriter;
import rondo.store.blob.StorageFullException;

/** Brings blobs back from a target, each under its new id. Thread-safe. */
final class ChunkRestore {
  private static final int REMEMBERED = 200_000;
  private static final int STRIPES = 64;
  private static final int HASH_DIGITS = 64;

  private final BlobStore blobs;
  private final BackupTarget target;
  private final RecoveryKey.Opens opens;
  private final RestoredNames names;
  private final BackupProgress progress;
  private final Throttle throttle;
  private final ReentrantLock[] stripes =
      IntStream.range(0, STRIPES).mapToObj(_ -> new ReentrantLock()).toArray(ReentrantLock[]::new);

  /** A blob that is forgotten here is written once more, with the same bytes. */
  private final Set<ByteString> restored =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                private static final long serialVersionUID = 1;

                @Override
                protected boolean removeEldestEntry(Map.Entry<ByteString, Boolean> eldest) {
                  return size() > REMEMBERED;
                }
              }));

  ChunkRestore(
      BlobStore blobs,
      BackupTarget target,
      RecoveryKey.Opens opens,
      RestoredNames names,
      BackupProgress progress,
      Throttle throttle) {
    this.blobs = blobs;
    this.target = target;
    this.opens = opens;
    this.names = names;
    this.progress = progress;
    this.throttle = throttle;
  }

  /**
   * Brings a blob back, unless that was done lately.
   *
   * @param owner the row that will name it
   * @throws LostChunkException when the target lacks one of its chunks, or has it damaged
   * @throws BackupException when the target or the cluster fails
   */
  void bring(Segment segment, ChunkOwner owner) throws LostChunkException {
    ReentrantLock stripe = stripes[Math.floorMod(segment.getBlob().hashCode(), STRIPES)];
    stripe.lock();
    try {
      if (!restored.contains(segment.getBlob())) {
        write(segment, owner);
        restored.add(segment.getBlob());
      }
    } finally {
      stripe.unlock();
    }
  }

  private void write(Segment segment, ChunkOwner owner) throws LostChunkException {
    Bytes id = Bytes.wrap(names.blob(segment.getBlob()).toByteArray());
    try {
      BlobWriter writer = blobs.create(owner.encode(), id, segment.getSize());
      long chunks = Math.ceilDiv(segment.getSize(), segment.getChunkSize());
      for (long index = 0; index < chunks; index++) {
        progress.check();
        byte[] plain = read(segment, index);
        writer.write(Buffer.buffer(plain));
        progress.chunk(plain.length, plain.length);
      }
      Segment written = writer.finish();
      if (written.getChunkSize() != segment.getChunkSize()) {
        throw new BackupException(
            "this backup has chunks of another size: restore it with the Rondo that made it");
      }
    } catch (BlobUnavailableException e) {
      throw new BackupException(
          "the cluster can't take the bytes of an object: "
              + (e instanceof StorageFullException ? "it is full" : "too few nodes answer"),
          e);
    }
  }

  private byte[] read(Segment segment, long index) throws LostChunkException {
    String name = BackupFiles.chunk(opens.name(), segment.getBlob(), index);
    String why = "is missing";
    for (BackupTarget.Stored stored : target.find(name)) {
      byte[] content = target.read(stored.name());
      if (content == null) {
        continue;
      }
      throttle.spend(content.length);
      if (stored.name().length() == name.length() + HASH_DIGITS
          && stored.name().endsWith(Hashes.sha256Hex(content))) {
        byte[] plain = SealedFile.open(opens, name, content);
        if (plain.length == BackupFiles.chunkBytes(segment, index)) {
          return plain;
        }
      }
      why = "is damaged";
    }
    throw new LostChunkException(name + " " + why);
  }

  /** A chunk that the backup can't give back. */
  static final class LostChunkException extends Exception {
    private static final long serialVersionUID = 1;

    LostChunkException(String what) {
      super(what);
    }
  }
}
