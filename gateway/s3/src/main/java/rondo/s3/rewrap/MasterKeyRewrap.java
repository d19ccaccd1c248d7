package rondo.s3.rewrap;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.streaming.Throttle;
import rondo.s3.crypt.KmsException;
import rondo.s3.crypt.TamperedException;
import rondo.s3.encryption.KeyVersion;
import rondo.s3.encryption.MasterKeyring;
import rondo.s3.encryption.NewestKeys;
import rondo.s3.identity.IdentityException;
import rondo.s3.identity.IdentityRegisters;
import rondo.s3.identity.SealedSecrets;
import rondo.s3.rewrap.RewrapView.Phase;
import rondo.store.Store;
import rondo.store.row.StoreException;

/**
 * Moves everything that is sealed under older master keys to the newest ones, in the background: it
 * counts the rows under each key, reseals those under older ones, and counts again. A row changes
 * nothing else, and no write is lost. It can be stopped at any time and begun again. It takes one
 * row at a time, at bounded rates. Thread-safe.
 */
public final class MasterKeyRewrap {
  private static final Logger LOG = LoggerFactory.getLogger(MasterKeyRewrap.class);

  /** The most rows a second that are read: a walk is to leave most of a node to its clients. */
  private static final long READ_PER_SECOND = 20_000;

  /** The most rows a second that are resealed; each takes a few rounds among the replicas. */
  private static final long RESEALED_PER_SECOND = 500;

  /** Writes that copy an older row's key may come between the walks. */
  private static final int MOST_ROUNDS = 3;

  private static final String OVERTAKEN = "another request changed it, or is about to";

  private final Store store;
  private final IdentityRegisters registers;
  private final MasterKeyring keyring;
  private final Tasks tasks;
  private final Time time;

  // Guarded by this.
  private Phase phase = Phase.NONE;
  private boolean resealing;
  private boolean stopped;
  private RewrapTally now = new RewrapTally();
  private RewrapTally counted = new RewrapTally();
  private long resealedBefore;
  private long phaseBeganNanos;
  private long countNanos;
  private List<RewrapView.KeyUse> keys = List.of();
  private long rowsLeft = -1;
  private List<RewrapView.Problem> problems = List.of();

  public MasterKeyRewrap(
      Store store, IdentityRegisters registers, MasterKeyring keyring, Tasks tasks, Time time) {
    this.store = store;
    this.registers = registers;
    this.keyring = keyring;
    this.tasks = tasks;
    this.time = time;
  }

  /**
   * Begins, unless the work is under way already.
   *
   * @param reseal false to count only
   */
  public synchronized void start(boolean reseal) {
    if (phase.isRunning()) {
      return;
    }
    stopped = false;
    resealing = reseal;
    resealedBefore = 0;
    rowsLeft = -1;
    problems = List.of();
    enter(Phase.COUNTING, new RewrapTally());
    tasks.start("rewrap", this::run);
  }

  /** Ends the work after the row that is in hand; what is resealed stays so. */
  public synchronized void stop() {
    stopped = true;
  }

  private synchronized boolean isStopped() {
    return stopped;
  }

  private void run() {
    Phase end = Phase.FAILED;
    try {
      end = work() ? Phase.DONE : Phase.STOPPED;
    } finally {
      end(end);
    }
  }

  private synchronized void end(Phase end) {
    phase = end;
    LOG.info("resealing under the newest master keys: {}, {} rows left", end, rowsLeft);
  }

  /** Returns false when it was stopped. */
  private boolean work() {
    if (!count(Phase.COUNTING)) {
      return false;
    }
    boolean again = isToReseal();
    for (int round = 0; again && round < MOST_ROUNDS; round++) {
      RewrapTally tally = reseal();
      if (isStopped() || !count(Phase.CHECKING)) {
        return false;
      }
      // What failed would fail again; what came in the meantime won't.
      again = isToReseal() && tally.problems().isEmpty();
    }
    return true;
  }

  private synchronized boolean isToReseal() {
    return resealing && counted.rowsUnderOlder() > 0;
  }

  private synchronized RewrapTally enter(Phase next, RewrapTally tally) {
    phase = next;
    now = tally;
    phaseBeganNanos = time.nanos();
    return tally;
  }

  /** Counts the rows under each key; returns false when it was stopped. */
  private boolean count(Phase kind) {
    RewrapTally tally = enter(kind, new RewrapTally());
    var newest = new NewestKeys(keyring);
    boolean all = walk(newest, tally, row -> {});
    if (all) {
      counted(kind, newest, tally);
    }
    return all;
  }

  private synchronized void counted(Phase kind, NewestKeys newest, RewrapTally tally) {
    countNanos = time.nanos() - phaseBeganNanos;
    keys = uses(newest, tally.rowsByKey());
    rowsLeft = tally.isComplete() ? tally.rowsUnderOlder() : -1;
    if (kind == Phase.COUNTING || !tally.isComplete()) {
      problems = tally.problems();
    }
    counted = tally;
  }

  private RewrapTally reseal() {
    RewrapTally tally = enter(Phase.RESEALING, new RewrapTally());
    synchronized (this) {
      rowsLeft = -1;
    }
    var newest = new NewestKeys(keyring);
    var throttle = new Throttle(tasks, time, () -> RESEALED_PER_SECOND);
    walk(
        newest,
        tally,
        row -> {
          if (!newest.areNewest(row.named())) {
            throttle.spend(1);
            reseal(row, tally);
          }
        });
    synchronized (this) {
      resealedBefore += tally.rowsResealed();
      problems = tally.problems();
    }
    return tally;
  }

  private static void reseal(SealedRow row, RewrapTally tally) {
    try {
      if (row.reseal().getAsBoolean()) {
        tally.resealed();
      } else {
        tally.failed(row.place(), OVERTAKEN);
      }
    } catch (StoreException e) {
      if (e.reason() != StoreException.Reason.NO_SUCH_BUCKET) {
        tally.failed(row.place(), reason(e));
      }
    } catch (KmsException | TamperedException | IdentityException e) {
      tally.failed(row.place(), String.valueOf(e.getMessage()));
    }
  }

  private static String reason(StoreException e) {
    return switch (e.reason()) {
      case UNSUPPORTED -> "rows of an available bucket aren't resealed";
      case DELETE_MARKER, LOCKED -> e.message();
      default -> "too few replicas answered, or other writes came first: " + e.message();
    };
  }

  /** Takes what is sealed. */
  private interface Action {
    void take(SealedRow row);
  }

  private boolean walk(NewestKeys newest, RewrapTally tally, Action action) {
    var throttle = new Throttle(tasks, time, () -> READ_PER_SECOND);
    var visitor =
        new RewrapWalk.Visitor() {
          private int unpaid;

          @Override
          public void sealed(SealedRow row) {
            tally.sealed(row, newest.areNewest(row.named()));
            action.take(row);
          }

          @Override
          public boolean goesOn() {
            tally.read();
            unpaid++;
            if (unpaid == 100) {
              throttle.spend(unpaid);
              unpaid = 0;
            }
            return !isStopped();
          }
        };
    return new RewrapWalk(store, new SealedSecrets(registers), newest, tally).run(visitor);
  }

  /** Every version that a file has, or a row names. */
  private List<RewrapView.KeyUse> uses(NewestKeys newest, Map<KeyVersion, Long> rows) {
    var known = new LinkedHashMap<KeyVersion, Long>();
    keyring
        .own()
        .versions()
        .forEach((name, versions) ->
            versions.forEach(version -> known.put(new KeyVersion(name, version), 0L)));
    var here = List.copyOf(known.keySet());
    known.putAll(rows);
    var uses = new ArrayList<RewrapView.KeyUse>();
    known.forEach((key, count) ->
        uses.add(
            new RewrapView.KeyUse(key.name(), key.version(), standing(newest, here, key), count)));
    return uses;
  }

  private String standing(NewestKeys newest, List<KeyVersion> here, KeyVersion key) {
    if (newest.isNewest(key)) {
      return "newest";
    }
    boolean elsewhere = keyring.kms() != keyring.own() && here.stream().noneMatch(key::equals);
    return here.contains(key) || elsewhere ? "older" : "missing";
  }

  /** How far the work has come. */
  public synchronized RewrapView view() {
    boolean reseals = phase == Phase.RESEALING;
    return new RewrapView(
        phase,
        new RewrapView.WalkNumbers(
            now.rowsRead(),
            counted.rowsUnderOlder(),
            resealedBefore + (reseals ? now.rowsResealed() : 0),
            remainingSeconds()),
        keys,
        rowsLeft,
        reseals ? now.problems() : problems);
  }

  /** A resealing walk reads the rows that the count has read, and a count follows. */
  private long remainingSeconds() {
    long elapsed = time.nanos() - phaseBeganNanos;
    long read = now.rowsRead();
    long left = Math.max(0, counted.rowsRead() - read);
    long walk = read == 0 ? -1 : (long) ((double) elapsed / read * left);
    return switch (phase) {
      case RESEALING -> walk < 0 ? -1 : TimeUnit.NANOSECONDS.toSeconds(walk + countNanos);
      case CHECKING -> walk < 0 ? -1 : TimeUnit.NANOSECONDS.toSeconds(walk);
      case NONE, COUNTING -> -1;
      case DONE, STOPPED, FAILED -> 0;
    };
  }
}
