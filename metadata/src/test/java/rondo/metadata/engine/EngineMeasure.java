package rondo.metadata.engine;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import rondo.ring.register.Bytes;

/**
 * How many durable puts a second with 1, 16 and 64 writers, and how fast scans, seeks and gets are
 * over what they left. For a look by hand: {@code EngineMeasure FOLDER [SECONDS]}.
 */
final class EngineMeasure {
  private static final int VALUE_BYTES = 300;

  private EngineMeasure() {}

  public static void main(String[] arguments) throws InterruptedException {
    Path folder = Path.of(arguments[0]);
    long seconds = arguments.length > 1 ? Long.parseLong(arguments[1]) : 5;
    try (var engine = LogEngine.open(folder, EngineOptions.defaults(Durability.FSYNC))) {
      var numbers = new AtomicLong();
      puts(engine, numbers, 16, 1);
      for (int writers : new int[] {1, 16, 64}) {
        System.out.printf(
            "%d writers: %,d puts/s%n", writers, puts(engine, numbers, writers, seconds) / seconds);
      }
      System.out.println(engine.counters());
      for (int round = 0; round < 3; round++) {
        scan(engine);
      }
      gets(engine, numbers.get());
      seeks(engine, numbers.get());
    }
    long start = System.nanoTime();
    LogEngine.open(folder, EngineOptions.defaults(Durability.FSYNC)).close();
    System.out.printf("open and close: %,d ms%n", millis(start));
  }

  private static Bytes key(long number) {
    // Spread over the key space, as keys of many buckets are.
    return Bytes.utf8("bucket%02d/%016x".formatted(number % 100, number * 0x9e3779b97f4a7c15L));
  }

  private static long puts(Engine engine, AtomicLong numbers, int writers, long seconds)
      throws InterruptedException {
    var done = new AtomicLong();
    var ended = new CountDownLatch(writers);
    long end = System.nanoTime() + seconds * 1_000_000_000;
    for (int i = 0; i < writers; i++) {
      Thread.startVirtualThread(() -> {
        var value = new byte[VALUE_BYTES];
        while (System.nanoTime() < end) {
          var change = new Engine.Change(key(numbers.getAndIncrement()), Bytes.wrap(value));
          engine.awaitDurable(engine.write(List.of(change)));
          done.incrementAndGet();
        }
        ended.countDown();
      });
    }
    ended.await();
    return done.get();
  }

  private static void scan(Engine engine) {
    long start = System.nanoTime();
    long rows = 0;
    try (Cursor cursor = engine.cursor(Bytes.EMPTY, null)) {
      while (cursor.next() != null) {
        rows++;
      }
    }
    System.out.printf("scan: %,d rows, %,d rows/s%n", rows, rows * 1000 / millis(start));
  }

  private static void gets(Engine engine, long numbers) {
    var random = new Random(1);
    long start = System.nanoTime();
    var missing = new ArrayList<Long>();
    for (int i = 0; i < 100_000; i++) {
      long number = random.nextLong(numbers);
      if (engine.get(key(number)) == null) {
        missing.add(number);
      }
    }
    System.out.printf("gets: %,d/s, %d missing%n", 100_000_000L / millis(start), missing.size());
    start = System.nanoTime();
    for (int i = 0; i < 100_000; i++) {
      engine.get(Bytes.utf8("bucket50/absent" + i));
    }
    System.out.printf("absent gets: %,d/s%n", 100_000_000L / millis(start));
  }

  private static void seeks(Engine engine, long numbers) {
    var random = new Random(1);
    long start = System.nanoTime();
    for (int i = 0; i < 20_000; i++) {
      try (Cursor cursor = engine.cursor(key(random.nextLong(numbers)), null)) {
        cursor.next();
      }
    }
    System.out.printf("cursors opened, one row each: %,d/s%n", 20_000_000L / millis(start));
  }

  private static long millis(long since) {
    return Math.max(1, (System.nanoTime() - since) / 1_000_000);
  }
}
