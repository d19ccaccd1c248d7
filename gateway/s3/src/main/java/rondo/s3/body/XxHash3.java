package rondo.s3.body;

import com.dynatrace.hash4j.hashing.HashStream128;
import com.dynatrace.hash4j.hashing.HashStream64;
import com.dynatrace.hash4j.hashing.HashValue128;
import com.dynatrace.hash4j.hashing.Hashing;
import java.nio.ByteBuffer;
import java.util.function.Supplier;

/** XXH3 with seed 0, of 64 or 128 bits; values in the canonical form. Not thread-safe. */
final class XxHash3 implements RunningChecksum {
  private static final int COPIED_BYTES = 8 * 1024;

  /** Consumes a range of an array. */
  @FunctionalInterface
  private interface Input {
    void put(byte[] bytes, int offset, int length);
  }

  private final Input input;
  private final Supplier<byte[]> value;

  private XxHash3(Input input, Supplier<byte[]> value) {
    this.input = input;
    this.value = value;
  }

  static XxHash3 of(int lengthBytes) {
    if (lengthBytes == Long.BYTES) {
      HashStream64 stream = Hashing.xxh3_64().hashStream();
      return new XxHash3(
          stream::putBytes, () -> PartChecksums.bytes(stream.getAsLong(), Long.BYTES));
    }
    HashStream128 stream = Hashing.xxh3_128().hashStream();
    return new XxHash3(stream::putBytes, () -> bytes(stream.get()));
  }

  private static byte[] bytes(HashValue128 hash) {
    return ByteBuffer.allocate(2 * Long.BYTES)
        .putLong(hash.getMostSignificantBits())
        .putLong(hash.getLeastSignificantBits())
        .array();
  }

  @Override
  public void update(ByteBuffer data) {
    if (data.hasArray()) {
      input.put(data.array(), data.arrayOffset() + data.position(), data.remaining());
      data.position(data.limit());
      return;
    }
    var copied = new byte[Math.min(COPIED_BYTES, data.remaining())];
    while (data.hasRemaining()) {
      int count = Math.min(copied.length, data.remaining());
      data.get(copied, 0, count);
      input.put(copied, 0, count);
    }
  }

  @Override
  public byte[] value() {
    return value.get();
  }
}
