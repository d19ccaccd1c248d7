package rondo.s3.body;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.zip.Checksum;

/** A checksum being computed. Not thread-safe. */
public sealed interface RunningChecksum
    permits RunningChecksum.OfDigest, RunningChecksum.OfCrc, XxHash64, XxHash3 {
  /** Takes all of {@code data}, and moves its position to its limit. */
  void update(ByteBuffer data);

  /** The checksum of all data so far, big-endian. Ends the computation: call it once. */
  byte[] value();

  /** A checksum by {@link MessageDigest}. */
  record OfDigest(MessageDigest digest) implements RunningChecksum {
    @Override
    public void update(ByteBuffer data) {
      digest.update(data);
    }

    @Override
    public byte[] value() {
      return digest.digest();
    }
  }

  /** A checksum by {@link Checksum}: the low {@code width} bytes of its value. */
  record OfCrc(Checksum crc, int width) implements RunningChecksum {
    @Override
    public void update(ByteBuffer data) {
      crc.update(data);
    }

    @Override
    public byte[] value() {
      return PartChecksums.bytes(crc.getValue(), width);
    }
  }
}
