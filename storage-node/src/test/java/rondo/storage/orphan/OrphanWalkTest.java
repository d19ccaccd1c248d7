package rondo.storage.orphan;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.PartRow;
import rondo.metadata.rows.ReferenceRow;
import rondo.metadata.rows.Segment;
import rondo.metadata.rows.UploadRow;
import rondo.metadata.table.Keys;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Randomness;
import rondo.ring.port.Time;
import rondo.ring.quorum.Outcome;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;
import rondo.storage.chunk.ChunkId;
import rondo.storage.chunk.ChunkOwner;
import rondo.storage.extent.ExtentStore;
import rondo.storage.extent.file.ExtentSettings;

final class OrphanWalkTest {
  private static final Bytes SHARD = Bytes.utf8("shard");
  private static final Bytes KEY = Bytes.utf8("key");
  private static final Bytes UPLOAD = Bytes.utf8("upload");
  private static final Bytes BLOB = Bytes.utf8("0123456789abcdef");
  private static final long HOUR = 3_600_000_000L;

  @TempDir Path folder;

  private final Map<Key, VersionedValue> rows = new HashMap<>();
  private boolean reachable = true;
  private long now = 1_000 * HOUR;
  private ExtentStore store;

  private final Time time =
      new Time() {
        @Override
        public long wallMicros() {
          return now;
        }

        @Override
        public long nanos() {
          return 0;
        }
      };

  private final OwnerRows ownerRows =
      new OwnerRows() {
        @Override
        public Outcome<VersionedValue> read(Key key) {
          return reachable
              ? new Outcome.Reached<>(rows.getOrDefault(key, VersionedValue.NEVER))
              : new Outcome.Refused<>(Reply.Reason.UNAVAILABLE, "");
        }

        @Override
        public Outcome<Reply.Page> scan(ScanRange range) {
          List<Reply.Entry> entries = new ArrayList<>();
          rows.forEach((key, state) -> {
            if (key.table() == range.table() && key.partition().equals(range.partition())) {
              entries.add(new Reply.Entry(null, key.sort(), state.stamp(), state.value()));
            }
          });
          return new Outcome.Reached<>(new Reply.Page(entries, false));
        }
      };

  @BeforeEach
  void open() {
    var randomness =
        new Randomness() {
          @Override
          public long nextLong() {
            return 42;
          }

          @Override
          public int nextInt(int bound) {
            return 0;
          }
        };
    store =
        ExtentStore.open(List.of(folder), new ExtentSettings(1 << 20, 0, true), time, randomness);
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void chunks(ChunkOwner owner, int count) {
    for (int index = 0; index < count; index++) {
      var writer = store.open(new ChunkId(BLOB, index), 1, owner.encode());
      writer.write(ByteBuffer.allocate(1));
      writer.commit();
    }
  }

  private void row(Key key, byte[] value) {
    rows.put(key, new VersionedValue(new Stamp(now, 1, 0), Bytes.wrap(value)));
  }

  private static Segment segment() {
    return Segment.newBuilder().setBlob(ByteString.copyFrom(BLOB.array())).setSize(3).build();
  }

  private static byte[] object() {
    return ObjectRow.newBuilder().addSegments(segment()).build().toByteArray();
  }

  private long walk() {
    Mailbox<Boolean> never =
        new Mailbox<>() {
          @Override
          public void put(Boolean item) {}

          @Override
          public @Nullable Boolean take(long deadlineNanos) {
            return null;
          }
        };
    var settings = new OrphanSettings(Duration.ofHours(24), Duration.ZERO, Duration.ZERO);
    return new OrphanWalk(store, ownerRows, time, settings).walk(never).dropped();
  }

  @Test
  void an_old_blob_that_no_row_names_is_dropped() {
    chunks(ChunkOwner.object(SHARD, KEY), 3);
    assertThat(walk()).isZero();
    now += 25 * HOUR;
    assertThat(walk()).isEqualTo(3);
    assertThat(store.names(null, 10)).isEmpty();
  }

  @Test
  void an_object_keeps_its_chunks_until_it_is_replaced() {
    chunks(ChunkOwner.object(SHARD, KEY), 2);
    row(Keys.object(SHARD, KEY), object());
    now += 25 * HOUR;
    assertThat(walk()).isZero();
    row(Keys.object(SHARD, KEY), ObjectRow.getDefaultInstance().toByteArray());
    assertThat(walk()).isEqualTo(2);
  }

  @Test
  void a_part_keeps_its_chunks_and_so_do_its_upload_and_its_object() {
    chunks(new ChunkOwner(SHARD, KEY, UPLOAD, 7), 1);
    now += 25 * HOUR;
    var part = Keys.part(SHARD, KEY, UPLOAD, 7);
    row(part, PartRow.newBuilder().addSegments(segment()).build().toByteArray());
    assertThat(walk()).isZero();
    rows.remove(part);
    var upload = Keys.upload(SHARD, KEY, UPLOAD);
    var result = ObjectRow.newBuilder().addSegments(segment());
    row(upload, UploadRow.newBuilder().setResult(result).build().toByteArray());
    assertThat(walk()).isZero();
    rows.remove(upload);
    row(Keys.object(SHARD, KEY), object());
    assertThat(walk()).isZero();
    rows.clear();
    assertThat(walk()).isEqualTo(1);
  }

  @Test
  void a_copy_keeps_the_chunks_of_what_it_was_made_from() {
    chunks(ChunkOwner.object(SHARD, KEY), 1);
    now += 25 * HOUR;
    var reference = ReferenceRow.newBuilder();
    reference.setShard(ByteString.copyFromUtf8("shard")).setKey(ByteString.copyFromUtf8("copy"));
    row(Keys.reference(BLOB, Bytes.utf8("r")), reference.build().toByteArray());
    assertThat(walk()).isZero();
    now += 25 * HOUR;
    row(Keys.object(SHARD, Bytes.utf8("copy")), object());
    assertThat(walk()).isZero();
    rows.remove(Keys.object(SHARD, Bytes.utf8("copy")));
    assertThat(walk()).isEqualTo(1);
  }

  @Test
  void nothing_is_dropped_while_replicas_are_silent_or_owners_unreadable() {
    chunks(ChunkOwner.object(SHARD, KEY), 1);
    now += 25 * HOUR;
    reachable = false;
    assertThat(walk()).isZero();
    reachable = true;
    row(Keys.object(SHARD, KEY), new byte[] {1, 2, 3});
    assertThat(walk()).isZero();
  }
}
