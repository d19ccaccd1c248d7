package rondo.storage.extent;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Compares durable 4 MiB chunks with a plain file that is synced every 4 MiB, and verified reads
 * with plain ones. Run by hand: a folder, and how many chunks.
 */
final class HowFastAreExtents {
  private static final int CHUNK = 4 << 20;
  private static final int PIECE = 256 * 1024;

  private HowFastAreExtents() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int chunks = Integer.parseInt(arguments[1]);
    Files.createDirectories(folder);
    plain(folder.resolve("plain"), chunks);
    for (int writers : new int[] {1, 4}) {
      var where = folder.resolve("extents" + writers);
      var settings = new ExtentSettings(1L << 30, 0, true);
      try (var store =
          ExtentStore.open(List.of(where), settings, Chunks.TIME, Chunks.randomness(1))) {
        say("chunks, " + writers + " writers", chunks, () -> append(store, chunks, writers));
        say("verified reads", chunks, () -> read(store, chunks));
      }
      long start = System.nanoTime();
      ExtentStore.open(List.of(where), settings, Chunks.TIME, Chunks.randomness(2)).close();
      System.out.printf("opened in %d ms%n", (System.nanoTime() - start) / 1_000_000);
    }
  }

  /** What is measured. */
  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  private static void say(String what, int chunks, Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("%s: %.0f MB/s%n", what, (double) chunks * CHUNK / 1e6 / seconds);
  }

  private static void append(ExtentStore store, int chunks, int writers) throws Exception {
    var next = new AtomicInteger();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < writers; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                var piece = ByteBuffer.allocate(PIECE);
                for (int n = next.getAndIncrement(); n < chunks; n = next.getAndIncrement()) {
                  var writer = store.open(Chunks.id(n), CHUNK, Chunks.OWNER);
                  for (int at = 0; at < CHUNK; at += PIECE) {
                    writer.write(piece.clear());
                  }
                  writer.commit();
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
  }

  private static void read(ExtentStore store, int chunks) {
    var piece = ByteBuffer.allocate(PIECE);
    for (int n = 0; n < chunks; n++) {
      try (var reader = requireNonNull(store.read(Chunks.id(n)))) {
        for (int at = 0; at < CHUNK; at += PIECE) {
          reader.read(at, piece.clear());
        }
      }
    }
  }

  private static void plain(Path path, int chunks) throws Exception {
    try (var file =
        FileChannel.open(
            path,
            StandardOpenOption.CREATE,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      say("a plain file", chunks, () -> appendPlain(file, chunks));
      say("plain reads", chunks, () -> readPlain(file, chunks));
    }
  }

  private static void appendPlain(FileChannel file, int chunks) throws IOException {
    var piece = ByteBuffer.allocate(PIECE);
    for (int n = 0; n < chunks; n++) {
      for (int at = 0; at < CHUNK; at += PIECE) {
        file.write(piece.clear());
      }
      file.force(false);
    }
  }

  private static void readPlain(FileChannel file, int chunks) throws IOException {
    var piece = ByteBuffer.allocate(PIECE);
    for (long at = 0; at < (long) chunks * CHUNK; at += PIECE) {
      file.read(piece.clear(), at);
    }
  }
}
