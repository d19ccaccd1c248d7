package rondo.metadata.disk;

import java.io.IOException;
import java.util.Arrays;
import java.util.Locale;
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

  private final DurationCounts[] durations = new DurationCounts[Operation.values().length];
  private final LongAdder[] failures = new LongAdder[Operation.values().length];

  public DiskCounts() {
    Arrays.setAll(durations, operation -> new DurationCounts());
    Arrays.setAll(failures, operation -> new LongAdder());
  }

  /** How long operations took, those that failed included. */
  public DurationCounts durations(Operation operation) {
    return durations[operation.ordinal()];
  }

  /** How many operations failed. */
  public long failures(Operation operation) {
    return failures[operation.ordinal()].sum();
  }

  int count(Operation operation, Time time, Body body) throws IOException {
    long began = time.nanos();
    boolean done = false;
    try {
      int result = body.run();
      done = true;
      return result;
    } finally {
      durations[operation.ordinal()].add(time.nanos() - began);
      if (!done) {
        failures[operation.ordinal()].increment();
      }
    }
  }
}
