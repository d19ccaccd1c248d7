package rondo.store.chunk;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import rondo.metadata.rows.ObjectRow;
import rondo.metadata.rows.Segment;
import rondo.ring.layout.Layout;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.placement.Node;
import rondo.ring.placement.Replication;
import rondo.ring.placement.Ring;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;
import rondo.ring.quorum.Outcome;
import rondo.ring.streaming.Throttle;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;
import rondo.storage.chunk.ChunkId;
import rondo.storage.chunk.ChunkOwner;
import rondo.storage.orphan.BlobNames;
import rondo.storage.orphan.OwnerRows;
import rondo.store.blob.BlobCluster;

/** The first of three nodes lacks chunks that the others have. */
final class ChunkRepairTest {
  private static final Bytes BLOB = Bytes.utf8("sixteen bytes id");
  private static final Bytes OWNER =
      ChunkOwner.object(Bytes.utf8("shard"), Bytes.utf8("key")).encode();
  private static final byte[] CONTENT = BlobCluster.bytes(300_000, 7);

  @TempDir Path folder;
  private BlobCluster cluster;
  private ChunkRepair repair;
  private @Nullable Bytes named = BLOB;
  private boolean readable = true;
  private final Layout layout = layout();

  private static Layout layout() {
    Layout layout = Layout.first("test", new Ring(16), node(1), Replication.DEFAULT);
    for (int i = 2; i <= 3; i++) {
      layout = requireNonNull(layout.next(layout.members().with(node(i))));
      layout = layout.joint() ? layout.settled() : layout;
    }
    return layout;
  }

  private static Node node(long id) {
    return new Node(new NodeId(id), "", 1L << 40, "127.0.0.1:" + id, "");
  }

  @BeforeEach
  void open() {
    cluster = new BlobCluster(folder);
    repair =
        new ChunkRepair(
            new NodeId(1),
            () -> layout,
            cluster.nodes,
            cluster.members.getFirst().store,
            new BlobNames(rows(), BlobCluster.TIME),
            new Throttle(tasks(), BlobCluster.TIME, () -> 0),
            tasks(),
            BlobCluster.TIME);
  }

  @AfterEach
  void close() {
    cluster.close();
  }

  private OwnerRows rows() {
    return new OwnerRows() {
      @Override
      public Outcome<VersionedValue> read(Key key) {
        if (!readable) {
          return new Outcome.Refused<>(Reply.Reason.UNAVAILABLE, "too few replicas");
        }
        Bytes blob = named;
        Bytes row = null;
        if (blob != null) {
          var segment = Segment.newBuilder().setBlob(ByteString.copyFrom(blob.array()));
          row = Bytes.wrap(ObjectRow.newBuilder().addSegments(segment).build().toByteArray());
        }
        return new Outcome.Reached<>(new VersionedValue(new Stamp(1, 1, 0), row));
      }

      @Override
      public Outcome<Reply.Page> scan(ScanRange range) {
        return new Outcome.Reached<>(new Reply.Page(List.of(), false));
      }
    };
  }

  private static Tasks tasks() {
    return new Tasks() {
      @Override
      public void start(String name, Runnable body) {
        Thread.ofVirtual().name(name).start(body);
      }

      @Override
      public <T> Mailbox<T> mailbox() {
        return new Mailbox<>() {
          private final java.util.concurrent.LinkedBlockingQueue<T> items =
              new java.util.concurrent.LinkedBlockingQueue<>();

          @Override
          public void put(T item) {
            items.add(item);
          }

          @Override
          public @Nullable T take(long deadlineNanos) {
            try {
              return items.poll(deadlineNanos - System.nanoTime(), TimeUnit.NANOSECONDS);
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
          }
        };
      }
    };
  }

  private void put(int number, int index) {
    var upload =
        cluster
            .members
            .get(number - 1)
            .chunks
            .put(new ChunkId(BLOB, index), CONTENT.length, OWNER, ChunkStore.COPY);
    upload.write(Buffer.buffer(CONTENT));
    upload.commit();
  }

  private boolean isHere(int index) {
    return cluster.members.getFirst().store.contains(new ChunkId(BLOB, index));
  }

  @Test
  void a_chunk_that_a_row_names_is_fetched_from_whoever_has_it() {
    put(2, 0);
    put(3, 0);
    put(3, 1);

    repair.scan(layout);

    assertThat(isHere(0)).isTrue();
    assertThat(isHere(1)).isTrue();
    assertThat(repair.status().whole()).isTrue();
    assertThat(repair.status().copied()).isEqualTo(2);
    assertThat(repair.status().bytes()).isEqualTo(2L * CONTENT.length);
  }

  @Test
  void a_chunk_that_no_row_names_does_not_come_back() {
    named = null;
    put(2, 0);

    repair.scan(layout);

    assertThat(isHere(0)).isFalse();
    assertThat(repair.status().whole()).isTrue();
  }

  @Test
  void a_chunk_of_which_nobody_knows_whether_it_is_named_is_missing_by_name() {
    readable = false;
    put(2, 0);
    put(3, 0);

    repair.scan(layout);

    assertThat(repair.status().lacking()).isEqualTo(1);
    assertThat(repair.missing())
        .containsExactly(
            new MissingChunk(new ChunkId(BLOB, 0), List.of(new NodeId(2), new NodeId(3))));

    readable = true;
    repair.scan(layout);
    assertThat(repair.missing()).isEmpty();
  }

  @Test
  void a_peer_that_can_not_be_listed_is_told_of() {
    put(2, 0);
    cluster.kill(3);

    repair.scan(layout);

    assertThat(isHere(0)).isTrue();
    assertThat(repair.status().whole()).isFalse();
    assertThat(repair.status().unreachable()).isEqualTo(16);
  }

  @Test
  void a_chunk_that_a_reader_misses_here_is_fetched_at_once() {
    put(2, 0);
    var segment =
        Segment.newBuilder()
            .setBlob(ByteString.copyFrom(BLOB.array()))
            .setSize(CONTENT.length)
            .setChunkSize(4 << 20)
            .build();

    assertThat(cluster.get(segment, 0, CONTENT.length)).isEqualTo(CONTENT);
    repair.fetchWanted();

    assertThat(isHere(0)).isTrue();
  }
}
