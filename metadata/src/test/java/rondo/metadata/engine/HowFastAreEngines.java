package rondo.metadata.engine;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import rondo.metadata.engine.lsm.LogEngine;
import rondo.metadata.engine.rocks.RocksEngine;
import rondo.ring.value.Bytes;

/**
 * Measures the speed of the engines on a disk, and the space that they take. To be run by hand:
 * {@code HowFastAreEngines FOLDER log|rocksdb STEP NUMBER}, where the step is
 *
 * <ul>
 *   <li>{@code load}: writes so many rows, unordered, without waiting for each
 *   <li>{@code puts}: durable writes by 1, 16 and 64 writers, so many seconds each, five times
 *   <li>{@code reads}: gets, seeks and scans over so many loaded rows, five times
 *   <li>{@code recover}: a start with so many MiB of log
 * </ul>
 */
final class HowFastAreEngines {
  private static final int VALUE_BYTES = 300;
  private static final int ROUNDS = 5;
  private static final int RECENT = 10_000;
  private static final byte[] VALUE = new byte[VALUE_BYTES];

  private final Engine engine;
  private final Random random = new Random(1);

  private HowFastAreEngines(Engine engine) {
    this.engine = engine;
  }

  public static void main(String[] arguments) throws Exception {
    new Random(1).nextBytes(VALUE);
    Path folder = Path.of(arguments[0]);
    long number = Long.parseLong(arguments[3]);
    var options = EngineOptions.defaults(Durability.FSYNC);
    System.out.println(options + ", heap " + (Runtime.getRuntime().maxMemory() >> 20) + " MiB");
    if (arguments[2].equals("recover")) {
      recover(arguments[1], folder, number << 20);
      return;
    }
    long start = System.nanoTime();
    try (Engine engine = open(arguments[1], folder, options)) {
      System.out.printf("opened in %,d ms%n", millis(start));
      var measure = new HowFastAreEngines(engine);
      switch (arguments[2]) {
        case "load" -> measure.load(folder, number);
        case "puts" -> measure.puts(number);
        default -> measure.reads(number);
      }
      EngineCounters did = engine.counters();
      System.out.printf(
          "%,d writes, %,d syncs, %,d stalls, %,d merged bytes, %,d block reads%n",
          did.writes().sum(),
          did.syncs().sum(),
          did.stalls().sum(),
          did.mergedBytes().sum(),
          did.blockReads().sum());
    }
  }

  private static Engine open(String name, Path folder, EngineOptions options) {
    return name.equals("log")
        ? LogEngine.open(folder, options, new TickingTime())
        : RocksEngine.open(folder, options, new TickingTime());
  }

  /** Keys spread over the key space, like those of many buckets. */
  private static Bytes key(long number) {
    return Bytes.utf8(
        "shard-%04d/photos/%016x.jpg"
            .formatted(Math.floorMod(number, 1000), number * 0x9e3779b97f4a7c15L));
  }

  private static Engine.Change change(long number) {
    byte[] own = VALUE.clone();
    own[0] = (byte) number;
    return new Engine.Change(key(number), Bytes.wrap(own));
  }

  private void load(Path folder, long rows) throws Exception {
    long start = System.nanoTime();
    long sequence = 0;
    for (long i = 0; i < rows; i++) {
      sequence = engine.write(List.of(change(i)));
      if (i % 1_000_000 == 999_999) {
        System.out.printf("%,d rows after %,d ms%n", i + 1, millis(start));
      }
    }
    engine.awaitDurable(sequence);
    System.out.printf("load: %,d rows/s%n", rows * 1000 / millis(start));
    awaitMerged();
    System.out.printf("merged after %,d ms%n", millis(start));
    EngineCounters counters = engine.counters();
    System.out.printf(
        "written to tables for each byte of log: %.2f%n",
        (double) (counters.flushedBytes().sum() + counters.mergedBytes().sum())
            / counters.logBytes().sum());
    size(folder, rows);
  }

  /** Waits until there was no merge for some seconds. */
  private void awaitMerged() throws InterruptedException {
    var never = new CountDownLatch(1);
    long before = -1;
    while (before != engine.counters().mergedBytes().sum()) {
      before = engine.counters().mergedBytes().sum();
      never.await(5, java.util.concurrent.TimeUnit.SECONDS);
    }
  }

  @SuppressWarnings("SystemGC") // measures the heap after it
  private static void size(Path folder, long rows) throws IOException {
    long bytes = 0;
    try (var files = Files.list(folder)) {
      for (Path file : files.toList()) {
        bytes += Files.size(file);
      }
    }
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    long heap = runtime.totalMemory() - runtime.freeMemory();
    System.out.printf(
        "on disk %,d bytes, %.1f per row; heap in use %,d bytes, %.1f per row%n",
        bytes, (double) bytes / rows, heap, (double) heap / rows);
    Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("VmHWM") || line.startsWith("VmRSS"))
        .forEach(System.out::println);
  }

  private void puts(long seconds) throws InterruptedException {
    var numbers = new AtomicLong();
    put(numbers, 16, 2);
    for (int writers : new int[] {1, 16, 64}) {
      var rates = new double[ROUNDS];
      long syncs = engine.counters().syncs().sum();
      for (int i = 0; i < ROUNDS; i++) {
        rates[i] = (double) put(numbers, writers, seconds) / seconds;
      }
      long synced = engine.counters().syncs().sum() - syncs;
      show(writers + " writers, durable puts/s", rates);
      System.out.printf("  %,d syncs/s%n", synced / (seconds * ROUNDS));
    }
  }

  private long put(AtomicLong numbers, int writers, long seconds) throws InterruptedException {
    var done = new AtomicLong();
    var ended = new CountDownLatch(writers);
    long end = System.nanoTime() + seconds * 1_000_000_000;
    for (int i = 0; i < writers; i++) {
      Thread.startVirtualThread(() -> {
        while (System.nanoTime() < end) {
          engine.awaitDurable(engine.write(List.of(change(numbers.getAndIncrement()))));
          done.incrementAndGet();
        }
        ended.countDown();
      });
    }
    ended.await();
    return done.get();
  }

  private void reads(long rows) {
    gets("of all, the engine's cache cold", 20_000, () -> random.nextLong(rows));
    gets("of all", 20_000, () -> random.nextLong(rows));
    gets("of absent ones", 100_000, () -> -1 - random.nextLong(rows));
    gets("of 200 rows, cached", 100_000, () -> random.nextLong(200));
    for (int i = 0; i < RECENT; i++) {
      engine.write(List.of(change(i)));
    }
    gets("of the newest, in the memtable", 200_000, () -> random.nextLong(RECENT));
    repeat("scanned rows/s", () -> scan(500_000));
    repeat("cursors of one row/s", () -> cursors(5000, rows));
  }

  private interface Work {
    /** Does the work, and returns how much it was. */
    long run();
  }

  private void gets(String which, int count, LongSupplier choose) {
    long reads = engine.counters().blockReads().sum();
    repeat(
        "gets " + which + ", /s",
        () -> {
          for (int i = 0; i < count; i++) {
            boolean found = engine.get(key(choose.getAsLong())) != null;
            if (found == which.contains("absent")) {
              throw new IllegalStateException(which + ": found is " + found);
            }
          }
          return count;
        });
    reads = engine.counters().blockReads().sum() - reads;
    System.out.printf("  %.2f blocks read each%n", (double) reads / count / ROUNDS);
  }

  private static void repeat(String what, Work work) {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    var rates = new double[ROUNDS];
    var processor = new double[ROUNDS];
    for (int i = 0; i < ROUNDS; i++) {
      long start = System.nanoTime();
      long used = threads.getCurrentThreadCpuTime();
      long done = work.run();
      rates[i] = done * 1e9 / (System.nanoTime() - start);
      processor[i] = done * 1e9 / (threads.getCurrentThreadCpuTime() - used);
    }
    show(what, rates);
    show("  a second of this thread's on a processor", processor);
  }

  private static void show(String what, double[] rates) {
    Arrays.sort(rates);
    System.out.printf(
        "%s: median %,.0f (%,.0f to %,.0f)%n",
        what, rates[ROUNDS / 2], rates[0], rates[ROUNDS - 1]);
  }

  private long scan(int most) {
    long rows = 0;
    try (Cursor cursor = engine.cursor(key(random.nextLong(1000)), null)) {
      while (rows < most && cursor.next() != null) {
        rows++;
      }
    }
    return rows;
  }

  private long cursors(int count, long rows) {
    for (int i = 0; i < count; i++) {
      try (Cursor cursor = engine.cursor(key(random.nextLong(rows)), null)) {
        cursor.next();
      }
    }
    return count;
  }

  private static void recover(String name, Path folder, long bytes) {
    var options =
        new EngineOptions(Durability.FSYNC, 1 << 30, 16 << 20, 8, 64 << 20, 16 << 20, 128 << 20);
    long written;
    try (Engine engine = open(name, folder, options)) {
      long sequence = 0;
      for (long i = 0; engine.counters().logBytes().sum() < bytes; i++) {
        sequence = engine.write(List.of(change(i)));
        if (i % 1000 == 0) {
          engine.awaitDurable(sequence);
        }
      }
      engine.awaitDurable(sequence);
      written = engine.counters().logBytes().sum();
    }
    for (int i = 0; i < 3; i++) {
      long start = System.nanoTime();
      Engine engine = open(name, folder, options);
      long opened = millis(start);
      System.out.printf(
          "opened over %,d MiB of log in %,d ms: %,d ms/GiB%n",
          written >> 20, opened, (opened << 30) / written);
      engine.close();
    }
  }

  private static long millis(long since) {
    return Math.max(1, (System.nanoTime() - since) / 1_000_000);
  }
}
