package rondo.metadata.disk;

import java.io.IOException;
import java.util.function.Predicate;

/** The faults of a simulated disk, and when they come. Guarded by the disk. */
final class DiskFaults {
  private static final long NEVER = Long.MAX_VALUE;

  /** The effect of an operation on the disk. */
  enum Effect {
    /** It only reads. */
    NONE,
    /** It removes, cuts or syncs; a full disk still does that. */
    CHANGES,
    /** It creates a file or a name, or writes; a full disk doesn't. */
    TAKES_SPACE
  }

  private SimulatedDisk.Fault fault = SimulatedDisk.Fault.POWER;
  private int operations;
  private int changes;
  private long operationsLeft = NEVER;
  private long changesLeft = NEVER;
  private boolean dead;
  private boolean full;
  private boolean readOnly;
  private boolean failingSyncs;
  private Predicate<String> unreadable = _ -> false;
  private boolean passing;

  int operations() {
    return operations;
  }

  int changes() {
    return changes;
  }

  boolean isDead() {
    return dead;
  }

  void kill() {
    dead = true;
  }

  void failAfter(long more, SimulatedDisk.Fault how) {
    operationsLeft = more;
    fault = how;
  }

  void failChangeAfter(long more, SimulatedDisk.Fault how) {
    changesLeft = more;
    fault = how;
  }

  void readOnly(boolean now) {
    readOnly = now;
  }

  void failSyncs(boolean now) {
    failingSyncs = now;
  }

  void failReads(Predicate<String> files, boolean untilNamesAreSynced) {
    unreadable = files;
    passing = untilNamesAreSynced;
  }

  void namesSynced() {
    if (passing) {
      failReads(_ -> false, false);
    }
  }

  /**
   * Counts an operation.
   *
   * @throws IOException when it fails
   */
  void operation(String what, Effect effect) throws IOException {
    check();
    boolean changing = effect != Effect.NONE;
    if (readOnly && changing) {
      throw new IOException("Read-only file system");
    }
    if (full && effect == Effect.TAKES_SPACE) {
      throw noSpace();
    }
    operations++;
    changes += changing ? 1 : 0;
    if (isDue(changing)) {
      fail(what, effect);
    }
  }

  void check() throws IOException {
    if (dead) {
      throw new IOException("no power");
    }
  }

  private boolean isDue(boolean changing) {
    boolean due = operationsLeft == 0 || (changing && changesLeft == 0);
    if (due) {
      operationsLeft = NEVER;
      changesLeft = NEVER;
    } else {
      // A run is too short to count down from NEVER to 0.
      operationsLeft--;
      changesLeft -= changing ? 1 : 0;
    }
    return due;
  }

  private void fail(String what, Effect effect) throws IOException {
    switch (fault) {
      case POWER -> {
        dead = true;
        throw new IOException("the power failed at " + what);
      }
      case EIO -> throw broken(what);
      case ENOSPC -> {
        full = true;
        if (effect == Effect.TAKES_SPACE) {
          throw noSpace();
        }
      }
    }
  }

  void checkRead(String file) throws IOException {
    if (unreadable.test(file)) {
      throw broken("read " + file);
    }
  }

  void checkSync(String file) throws IOException {
    if (failingSyncs) {
      throw broken("sync " + file);
    }
  }

  private static IOException noSpace() {
    return new IOException("No space left on device");
  }

  private static IOException broken(String what) {
    return new IOException("Input/output error at " + what);
  }
}
