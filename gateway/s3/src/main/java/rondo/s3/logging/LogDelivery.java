package rondo.s3.logging;

import com.google.protobuf.ByteString;
import io.vertx.core.buffer.Buffer;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.concurrent.ThreadLocalRandom;
import rondo.metadata.rows.BucketRow;
import rondo.metadata.rows.Header;
import rondo.metadata.rows.Logging;
import rondo.metadata.rows.ObjectRow;
import rondo.ring.value.Bytes;
import rondo.s3.access.S3Store;
import rondo.s3.auth.Hashes;
import rondo.s3.encryption.ObjectEncryption;
import rondo.s3.encryption.StreamEncryption;
import rondo.s3.error.Difference;
import rondo.s3.object.BodyReceiver;
import rondo.storage.chunk.ChunkOwner;
import rondo.store.blob.BlobUnavailableException;
import rondo.store.blob.BlobWriter;
import rondo.store.row.Bucket;
import rondo.store.row.RefusalException;

/**
 * Writes log objects. The service itself writes them, not an account. They count against the
 * target's quota and are encrypted by its default. Thread-safe.
 */
final class LogDelivery {
  private final S3Store store;
  private final boolean compat;

  LogDelivery(S3Store store, boolean compat) {
    this.store = store;
    this.compat = compat;
  }

  /**
   * Writes the lines to the present target of the bucket that they are about; blocks.
   *
   * @param first time of the first line
   * @return false when the lines are lost: logging is off, or the target can't be written
   */
  boolean deliver(String bucket, Instant first, byte[] lines) {
    try {
      BucketRow source = store.buckets().find(bucket).row();
      if (!source.hasLogging()) {
        return false;
      }
      Logging logging = source.getLogging();
      Bucket target = store.buckets().find(logging.getTargetBucket());
      if (!target.owner().equals(source.getOwner())) {
        return false;
      }
      String key = LogKey.of(bucket, source, logging, first, Instant.now(), unique());
      if (!LogPermission.in(store, target, key, bucket, source) && !Difference.LOGGING.in(compat)) {
        return false;
      }
      store.quotas().require(target, lines.length);
      write(target, key, lines);
      store.quotas().wrote(target, lines.length);
      return true;
    } catch (RefusalException | BlobUnavailableException lost) {
      return false;
    }
  }

  private static String unique() {
    return "%016X".formatted(ThreadLocalRandom.current().nextLong()).toUpperCase(Locale.ROOT);
  }

  private void write(Bucket target, String key, byte[] lines) {
    ObjectEncryption sealing = store.encryption().sealing(store.encryption().usual(target));
    StreamEncryption stream = sealing.stream(lines.length);
    Buffer stored = Buffer.buffer((int) stream.storedBytes());
    stream.into(stored::appendBuffer).accept(Buffer.buffer(lines));
    ObjectRow.Builder row =
        ObjectRow.newBuilder()
            .setModifiedMicros(store.rows().wallMicros())
            .setSize(lines.length)
            .setEtag(sealing.etag(HexFormat.of().formatHex(Hashes.start("MD5").digest(lines))))
            .setOwner(target.owner())
            .addHeaders(Header.newBuilder().setName("Content-Type").setValue("text/plain"));
    sealing.mark(row, stream.row());
    if (lines.length <= BodyReceiver.MOST_INLINE_BYTES) {
      row.setInlineData(ByteString.copyFrom(stored.getBytes()));
    } else {
      Bytes bytes = Bytes.utf8(key);
      BlobWriter writer =
          target
              .blobs(store.blobs())
              .create(ChunkOwner.object(target.shardOf(bytes), bytes).encode(), stored.length());
      writer.write(stored);
      row.addSegments(writer.finish());
    }
    store.objects().write(target, key, row.build());
  }
}
