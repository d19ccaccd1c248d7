package rondo.storage.extent;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import rondo.ring.port.Randomness;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;
import rondo.storage.chunk.ChunkId;

/** Chunks that tests write and compare. */
public final class Chunks {
  static final Bytes OWNER = Bytes.utf8("shard and key");

  static final Time TIME =
      new Time() {
        private final AtomicLong now = new AtomicLong();

        @Override
        public long wallMicros() {
          return now.addAndGet(1_000);
        }

        @Override
        public long nanos() {
          return now.get() * 1_000;
        }
      };

  private Chunks() {}

  public static Randomness randomness(long seed) {
    var random = new Random(seed);
    return new Randomness() {
      @Override
      public long nextLong() {
        return random.nextLong();
      }

      @Override
      public int nextInt(int bound) {
        return random.nextInt(bound);
      }
    };
  }

  static ChunkId id(int number) {
    byte[] blob = new byte[ChunkId.BLOB_BYTES];
    new Random(number).nextBytes(blob);
    return new ChunkId(Bytes.wrap(blob), number);
  }

  /** Returns the payload that belongs to a chunk's id. */
  static byte[] payload(ChunkId id, int length) {
    byte[] bytes = new byte[length];
    new Random(id.hashCode()).nextBytes(bytes);
    return bytes;
  }

  static void put(ExtentStore store, ChunkId id, int length) {
    var writer = store.open(id, length, OWNER);
    writer.write(ByteBuffer.wrap(payload(id, length)));
    writer.commit();
  }

  static byte[] read(ExtentStore store, ChunkId id) {
    try (var reader = requireNonNull(store.read(id))) {
      var buffer = ByteBuffer.allocate(reader.length());
      reader.read(0, buffer);
      return buffer.array();
    }
  }

  /** Fails unless the store has the whole chunk. */
  static void check(ExtentStore store, ChunkId id, int length) {
    assertThat(read(store, id)).isEqualTo(payload(id, length));
  }
}
