package rondo.metadata.engine;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import rondo.metadata.engine.lsm.LogEngine;
import rondo.metadata.engine.rocks.RocksEngine;
import rondo.ring.value.Bytes;

/** A process that writes until it is killed, and prints the numbers that became durable. */
final class KilledWriter {
  static final EngineOptions OPTIONS = EngineContract.options(Durability.FSYNC, 60_000);

  /** Ends each line, so that a torn number isn't taken for another one. */
  static final String END = ".";

  private static final int WRITERS = 8;

  private KilledWriter() {}

  static Bytes key(long number) {
    return Bytes.utf8("key" + number);
  }

  static Bytes value(long number) {
    return Bytes.utf8(number + "/" + "v".repeat((int) (number * 31 % 2000)));
  }

  /**
   * @param arguments the folder, the first number to write, and the engine
   */
  public static void main(String[] arguments) throws InterruptedException {
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    long first = Long.parseLong(arguments[1]);
    try (Engine engine = open(arguments[2], Path.of(arguments[0]))) {
      for (int writer = 1; writer < WRITERS; writer++) {
        long start = first + writer;
        Thread.startVirtualThread(() -> write(engine, start, out));
      }
      write(engine, first, out);
    }
  }

  static Engine open(String name, Path folder) {
    return name.equals("log")
        ? LogEngine.open(folder, OPTIONS, new TickingTime())
        : RocksEngine.open(folder, OPTIONS, new TickingTime());
  }

  private static void write(Engine engine, long start, PrintStream out) {
    for (long number = start; ; number += WRITERS) {
      engine.awaitDurable(engine.write(List.of(new Engine.Change(key(number), value(number)))));
      out.println(number + END);
    }
  }
}
