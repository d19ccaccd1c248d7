package rondo.store.blob;

import io.vertx.core.buffer.Buffer;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.value.NodeId;

/**
 * Writes and reads one blob on three nodes in this process. Run by hand, with a folder and a number
 * of MiB. With a small heap it shows that memory doesn't grow with the blob's size.
 */
final class HowFastAreBlobs {
  private static final int PIECE = 256 * 1024;

  private HowFastAreBlobs() {}

  public static void main(String[] arguments) {
    long size = Long.parseLong(arguments[1]) << 20;
    try (var cluster = new BlobCluster(Path.of(arguments[0]))) {
      long start = System.nanoTime();
      var writer = cluster.blobs.create(BlobCluster.OWNER, size);
      for (long at = 0; at < size; at += PIECE) {
        writer.write(Buffer.buffer(new byte[PIECE]));
      }
      var segment = writer.finish();
      say("put", size, start);
      start = System.nanoTime();
      var read = new AtomicLong();
      cluster.blobs.read(List.of(segment), 0, size, piece -> read.addAndGet(piece.length()));
      say("get, local", read.get(), start);
      cluster.sets = List.of(new ReplicaSet(remote(cluster), 1));
      start = System.nanoTime();
      read.set(0);
      cluster.blobs.read(List.of(segment), 0, size, piece -> read.addAndGet(piece.length()));
      say("get, remote", read.get(), start);
    }
  }

  private static List<NodeId> remote(BlobCluster cluster) {
    return cluster.members.stream().map(member -> member.id).skip(1).toList();
  }

  private static void say(String what, long bytes, long startNanos) {
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    System.out.printf("%s: %.0f MB/s%n", what, bytes / 1e6 / seconds);
  }
}
