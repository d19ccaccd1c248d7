package rondo.storage.extent;

import static java.util.Objects.requireNonNull;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import rondo.storage.extent.file.ExtentSettings;

/**
 * Compares durable 4 MiB chunks with a plain file that is synced every 4 MiB, and verified reads
 * with plain ones; counts small durable chunks; measures compaction and scrub, and how they slow
 * writers down. To be run by hand; arguments: a folder, and the number of 4 MiB chunks.
 */
final class HowFastAreExtents {
  private static final int CHUNK = 4 << 20;
  private static final int PIECE = 256 * 1024;
  private static final long LARGE = 10 << 20;
  private static final int FEW = 5;
  private static final int PAIRS = 31;

  private HowFastAreExtents() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    int chunks = Integer.parseInt(arguments[1]);
    Files.createDirectories(folder);
    appended(folder);
    plain(folder.resolve("plain"), chunks);
    for (int writers : new int[] {1, 4}) {
      try (var store = open(folder.resolve("extents" + writers))) {
        say(
            "chunks, " + writers + " writers",
            bytes(chunks),
            () -> append(store, chunks, CHUNK, writers));
        say(
            "verified reads into the heap",
            bytes(chunks),
            () -> read(store, chunks, ByteBuffer.allocate(PIECE)));
        say(
            "verified reads beside the heap",
            bytes(chunks),
            () -> read(store, chunks, ByteBuffer.allocateDirect(PIECE)));
      }
      long start = System.nanoTime();
      open(folder.resolve("extents" + writers)).close();
      System.out.printf("opened in %d ms%n", (System.nanoTime() - start) / 1_000_000);
    }
    sent(folder.resolve("plain"), folder.resolve("extents4"));
    small(folder, 4 << 10);
    small(folder, 64 << 10);
    upkeep(folder.resolve("upkeep"), chunks);
  }

  /** Alternates, so that other load on the machine meets both. */
  private static void appended(Path folder) throws Exception {
    var heap = ByteBuffer.allocate(PIECE);
    var direct = ByteBuffer.allocateDirect(PIECE);
    try (var store = open(folder.resolve("pairs"), ExtentSettings.DEFAULT.extentBytes());
        var file =
            FileChannel.open(
                folder.resolve("pair"), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      pairs(
          "10 MiB, synced: a plain file, and chunks",
          FEW * LARGE,
          round -> appendLarge(file, direct),
          round -> appendLarge(store, round, direct));
      pairs(
          "10 MiB, synced: chunks from the heap, and from beside it",
          FEW * LARGE,
          round -> appendLarge(store, PAIRS + 2 * round, heap),
          round -> appendLarge(store, PAIRS + 2 * round + 1, direct));
    }
    Files.delete(folder.resolve("pair"));
  }

  private static void appendLarge(FileChannel file, ByteBuffer piece) throws IOException {
    for (int n = 0; n < FEW; n++) {
      for (int at = 0; at < LARGE; at += PIECE) {
        file.write(piece.clear());
      }
      file.force(false);
    }
  }

  private static void appendLarge(ExtentStore store, int round, ByteBuffer piece) {
    for (int n = 0; n < FEW; n++) {
      var writer = store.open(Chunks.id(round * FEW + n), (int) LARGE, Chunks.OWNER);
      for (int at = 0; at < LARGE; at += PIECE) {
        writer.write(piece.clear());
      }
      writer.commit();
    }
  }

  /** Work that is measured repeatedly. */
  @FunctionalInterface
  private interface Round {
    void run(int round) throws Exception;
  }

  /**
   * Runs both in turns, now the one first and now the other. Prints the median rate of each, and
   * the median of the second's share of the first's.
   */
  private static void pairs(String what, long bytes, Round one, Round other) throws Exception {
    double[] first = new double[PAIRS];
    double[] second = new double[PAIRS];
    double[] shares = new double[PAIRS];
    for (int round = 0; round < PAIRS; round++) {
      if (round % 2 == 0) {
        first[round] = pace(bytes, one, round);
        second[round] = pace(bytes, other, round);
      } else {
        second[round] = pace(bytes, other, round);
        first[round] = pace(bytes, one, round);
      }
      shares[round] = second[round] / first[round];
    }
    Arrays.sort(first);
    Arrays.sort(second);
    Arrays.sort(shares);
    int half = PAIRS / 2;
    int quarter = PAIRS / 4;
    System.out.printf(
        "%s: %.0f and %.0f MB/s; the second has %.2f of the first (half of the rounds: %.2f to"
            + " %.2f)%n",
        what,
        first[half],
        second[half],
        shares[half],
        shares[quarter],
        shares[PAIRS - 1 - quarter]);
  }

  private static double pace(long bytes, Round work, int round) throws Exception {
    long start = System.nanoTime();
    work.run(round);
    return bytes / 1e6 / ((System.nanoTime() - start) / 1e9);
  }

  /** Sends to a socket on this machine: by sendfile, and verified on the way. */
  private static void sent(Path plain, Path extents) throws Exception {
    try (var server =
            ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        var store = open(extents);
        var file = FileChannel.open(plain, StandardOpenOption.READ)) {
      var reader = Thread.ofPlatform().start(() -> drain(server));
      try (var socket = SocketChannel.open(server.getLocalAddress())) {
        pairs(
            "sent by sendfile, unverified, and sent after verifying",
            10L * CHUNK,
            round -> send(file, socket, 10),
            round -> send(store, socket, 10));
      }
      reader.join();
    }
  }

  private static void drain(ServerSocketChannel server) {
    try (var socket = server.accept()) {
      var piece = ByteBuffer.allocateDirect(PIECE);
      while (socket.read(piece.clear()) >= 0) {
        // On to the end.
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void send(FileChannel file, SocketChannel socket, int chunks) throws IOException {
    for (long at = 0; at < bytes(chunks); ) {
      at += file.transferTo(at, PIECE, socket);
    }
  }

  private static void send(ExtentStore store, SocketChannel socket, int chunks) throws IOException {
    var piece = ByteBuffer.allocateDirect(PIECE);
    for (int n = 0; n < chunks; n++) {
      try (var reader = requireNonNull(store.read(Chunks.id(n)))) {
        for (int at = 0; at < CHUNK; at += PIECE) {
          reader.read(at, piece.clear());
          piece.flip();
          while (piece.hasRemaining()) {
            socket.write(piece);
          }
        }
      }
    }
  }

  private static ExtentStore open(Path folder) {
    return open(folder, 256 << 20);
  }

  private static ExtentStore open(Path folder, long extentBytes) {
    var settings = new ExtentSettings(extentBytes, 0, true);
    return ExtentStore.open(List.of(folder), settings, Chunks.TIME, Chunks.randomness(1));
  }

  private static long bytes(int chunks) {
    return (long) chunks * CHUNK;
  }

  private static void small(Path folder, int length) throws Exception {
    for (int writers : new int[] {1, 16}) {
      try (var store = open(folder.resolve("small" + length + "-" + writers))) {
        int count = 500 * writers;
        long start = System.nanoTime();
        append(store, count, length, writers);
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.printf(
            "durable chunks of %d KiB, %d writers: %.0f a second%n",
            length >> 10, writers, count / seconds);
      }
    }
  }

  /** Drops half of the chunks, so that all are moved or freed. */
  private static void upkeep(Path folder, int chunks) throws Exception {
    try (var store = open(folder)) {
      append(store, chunks, CHUNK, 4);
      latency("alone", store, chunks, () -> 0);
      say("scrub", store.usage().liveBytes(), store::readAll);
      store.scrubs().getFirst().ask();
      latency(
          "beside scrub at full speed",
          store,
          2 * chunks,
          () -> {
            store.scrubs().getFirst().beginIfDue(Duration.ZERO);
            return store.scrubs().getFirst().step();
          });
      for (int n = 0; n < chunks; n++) {
        if (n % 2 == 0) {
          store.drop(Chunks.id(n));
        }
      }
      long dead = store.usage().deadBytes();
      long start = System.nanoTime();
      latency(
          "beside compaction at full speed",
          store,
          3 * chunks,
          () -> store.compactions().getFirst().step());
      while (store.compactions().getFirst().step() > 0) {
        // On to the end.
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      System.out.printf(
          "compaction: %.0f MB/s copied, %.0f MB/s given back%n",
          store.compactions().getFirst().copiedBytes() / 1e6 / seconds,
          (dead - store.usage().deadBytes()) / 1e6 / seconds);
    }
  }

  /** Measures how long durable chunks of 64 KiB take while other work goes on. */
  private static void latency(String what, ExtentStore store, int first, LongSupplier step)
      throws InterruptedException {
    var done = new AtomicBoolean();
    var beside =
        Thread.ofPlatform()
            .start(() -> {
              while (!done.get() && step.getAsLong() > 0) {
                // Once more.
              }
            });
    long[] micros = new long[400];
    var piece = ByteBuffer.allocate(64 << 10);
    for (int i = 0; i < micros.length; i++) {
      long start = System.nanoTime();
      var writer = store.open(Chunks.id(1_000_000 + first * 1000 + i), 64 << 10, Chunks.OWNER);
      writer.write(piece.clear());
      writer.commit();
      micros[i] = (System.nanoTime() - start) / 1000;
    }
    done.set(true);
    beside.join();
    Arrays.sort(micros);
    System.out.printf(
        "a durable chunk of 64 KiB %s: median %d us, 99%% %d us%n", what, micros[200], micros[395]);
  }

  /** Work that is measured. */
  @FunctionalInterface
  private interface Work {
    void run() throws Exception;
  }

  private static void say(String what, long bytes, Work work) throws Exception {
    long start = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - start) / 1e9;
    System.out.printf("%s: %.0f MB/s%n", what, bytes / 1e6 / seconds);
  }

  private static void append(ExtentStore store, int chunks, int length, int writers)
      throws Exception {
    var next = new AtomicInteger();
    var threads = new ArrayList<Thread>();
    for (int i = 0; i < writers; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                var piece = ByteBuffer.allocate(Math.min(PIECE, length));
                for (int n = next.getAndIncrement(); n < chunks; n = next.getAndIncrement()) {
                  var writer = store.open(Chunks.id(n), length, Chunks.OWNER);
                  for (int at = 0; at < length; at += piece.capacity()) {
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

  private static void read(ExtentStore store, int chunks, ByteBuffer piece) {
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
      say("a plain file", bytes(chunks), () -> appendPlain(file, chunks));
      say("plain reads", bytes(chunks), () -> readPlain(file, chunks));
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
    for (long at = 0; at < bytes(chunks); at += PIECE) {
      file.read(piece.clear(), at);
    }
  }
}
