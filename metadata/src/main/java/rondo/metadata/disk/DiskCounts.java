package rondo.metadata.disk;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import rondo.ring.measure.DurationCounts;
import rondo.ring.port.Time;

/** Counts the operations on a disk, their durations and failures. Thread-safe. */
public final class DiskCounts {
  /** The operations that wait for the device, or may. */
  public enum Operation {
    READ,
    WRITE,
    /** A sync of a file or of a folder's names. */
    SYNC;

    /** The word in metrics. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** An operation; returns how many bytes it read, or any number. */
  @FunctionalInterface
  interface Body {
    int run() throws IOException;
  }

  /** Filled once; any thread reads them. */
  private final Map<Operation, DurationCounts> durations = new EnumMap<>(Operation.class);

  private final Map<Operation, LongAdder> failures = new EnumMap<>(Operation.class);

  public DiskCounts() {
    for (Operation operation : Operation.values()) {
      durations.put(operation, new DurationCounts());
      failures.put(operation, new LongAdder());
    }
  }

  /** How long operations took, those that failed included. */
  public DurationCounts durations(Operation operation) {
    return Objects.requireNonNull(durations.get(operation));
  }

  /** How many operations failed. */
  public long failures(Operation operation) {
    return Objects.requireNonNull(failures.get(operation)).sum();
  }

  int count(Operation operation, Time time, Body body) throws IOException {
    long began = time.nanos();
    boolean done = false;
    try {
      int result = body.run();
      done = true;
      return result;
    } finally {
      durations(operation).add(time.nanos() - began);
      if (!done) {
        Objects.requireNonNull(failures.get(operation)).increment();
      }
    }
  }
}
