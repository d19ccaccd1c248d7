package rondo.store.blob;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import rondo.metadata.rows.Segment;
import rondo.ring.placement.Placement;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.port.Placements;
import rondo.ring.port.Randomness;
import rondo.ring.port.Time;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;
import rondo.storage.extent.ExtentStore;
import rondo.storage.extent.file.ExtentSettings;
import rondo.store.chunk.ChunkNodes;
import rondo.store.chunk.ChunkServer;
import rondo.store.chunk.ChunkStore;
import rondo.store.chunk.LayoutEpochs;
import rondo.store.chunk.LocalChunks;

/**
 * Three nodes that all hold every chunk, with write quorums of two. The blob store runs on the
 * first.
 */
public final class BlobCluster implements AutoCloseable {
  public static final Bytes OWNER = Bytes.utf8("owner");

  /** One node. */
  public static final class Member {
    final NodeId id;
    public final ExtentStore store;
    public ChunkStore chunks;
    @Nullable NetServer server;
    public final List<NetSocket> accepted = new ArrayList<>();

    Member(long id, Path folder) {
      this.id = new NodeId(id);
      this.store =
          ExtentStore.open(
              List.of(folder), new ExtentSettings(64 << 20, 0, true), TIME, randomness(id));
      this.chunks = new LocalChunks(store, LayoutEpochs.ONE);
    }
  }

  public static final Time TIME =
      new Time() {
        @Override
        public long wallMicros() {
          return System.currentTimeMillis() * 1000;
        }

        @Override
        public long nanos() {
          return System.nanoTime();
        }
      };

  static Randomness randomness(long seed) {
    var random = new Random(seed);
    return new Randomness() {
      @Override
      public synchronized long nextLong() {
        return random.nextLong();
      }

      @Override
      public synchronized int nextInt(int bound) {
        return random.nextInt(bound);
      }
    };
  }

  final Vertx vertx = Vertx.vertx();
  public final List<Member> members = new ArrayList<>();
  public final ChunkNodes nodes;
  final RingBlobs blobs;
  private final NetClient client = vertx.createNetClient();
  List<ReplicaSet> sets;

  public BlobCluster(Path folder) {
    this(folder, chunks -> chunks);
  }

  /** Wraps the third node's chunks, to make that node slow or forgetful. */
  BlobCluster(Path folder, UnaryOperator<ChunkStore> third) {
    for (int id = 1; id <= 3; id++) {
      members.add(new Member(id, folder.resolve("node" + id)));
    }
    members.get(2).chunks = third.apply(members.get(2).chunks);
    members.forEach(this::listen);
    sets = List.of(new ReplicaSet(members.stream().map(member -> member.id).toList(), 2));
    nodes = new ChunkNodes(members.get(0).id, members.get(0).chunks, this::dial, TIME);
    blobs =
        new RingBlobs(
            nodes, placements(), randomness(99), TIME, TimeUnit.MILLISECONDS.toNanos(200), 0);
  }

  private void listen(Member member) {
    var server = new ChunkServer(member.chunks);
    member.server =
        await(
            vertx
                .createNetServer()
                .connectHandler(socket -> {
                  member.accepted.add(socket);
                  server.serve(socket, () -> true);
                })
                .listen(0, "127.0.0.1"));
  }

  Placements placements() {
    return new Placements() {
      @Override
      public Placement of(Bytes partition) {
        return new Placement(1, sets, sets);
      }

      @Override
      public void stale(long epoch) {}
    };
  }

  public Future<NetSocket> dial(NodeId to) {
    var server = members.get((int) to.value() - 1).server;
    return server == null
        ? Future.failedFuture("the node is down")
        : client.connect(server.actualPort(), "127.0.0.1");
  }

  /** Closes the node's connections, and makes it accept no new ones. */
  public void kill(int number) {
    var member = members.get(number - 1);
    var server = member.server;
    if (server != null) {
      member.server = null;
      await(server.close());
      member.accepted.forEach(NetSocket::close);
    }
  }

  public static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().orTimeout(10, TimeUnit.SECONDS).join();
  }

  /** Writes a blob in slices of {@code slice} bytes. */
  Segment put(byte[] bytes, int slice) {
    var writer = blobs.create(OWNER, bytes.length);
    for (int from = 0; from < bytes.length; from += slice) {
      int to = Math.min(bytes.length, from + slice);
      writer.write(Buffer.buffer(to - from).appendBytes(bytes, from, to - from));
    }
    return writer.finish();
  }

  public byte[] get(Segment segment, long offset, long length) {
    var read = Buffer.buffer();
    blobs.read(List.of(segment), offset, length, read::appendBuffer);
    return read.getBytes();
  }

  public static byte[] bytes(int length, long seed) {
    byte[] bytes = new byte[length];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Override
  public void close() {
    blobs.close();
    nodes.close();
    await(vertx.close());
    members.forEach(member -> member.store.close());
  }
}
