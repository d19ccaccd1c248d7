package rondo.s3.identity;

import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.storage.folder.DiskException;

/**
 * Seals at a node's start what other nodes, or an earlier master key, left in the rows of access
 * keys. It waits until the cluster answers. Started once; thread-safe.
 */
public final class SecretSealing implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SecretSealing.class);
  private static final long PAUSE_NANOS = 1_000_000_000L;

  private final IdentityRows rows;
  private final Tasks tasks;
  private final Time time;
  private volatile boolean stopped;

  public SecretSealing(IdentityRegisters registers, Tasks tasks, Time time) {
    this.rows = new IdentityRows(registers);
    this.tasks = tasks;
    this.time = time;
  }

  /**
   * @param member whether this node belongs to a cluster yet
   * @param begin whether sealing is to begin in the whole cluster, if it hasn't yet
   */
  public void start(BooleanSupplier member, boolean begin) {
    tasks.start("sealing", () -> run(member, begin));
  }

  private void run(BooleanSupplier member, boolean begin) {
    Mailbox<Boolean> nothing = tasks.mailbox();
    while (!stopped && !(member.getAsBoolean() && sealed(begin))) {
      nothing.take(time.nanos() + PAUSE_NANOS);
    }
  }

  /** False when the cluster doesn't answer yet, or this node's disk takes no writes. */
  private boolean sealed(boolean begin) {
    try {
      if (begin) {
        rows.beginSealing();
      }
      int sealed = rows.isSealing() ? rows.sealAll() : 0;
      if (sealed > 0) {
        log.info("sealed the secrets of {} access keys", sealed);
      }
      return true;
    } catch (IdentityException | DiskException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    stopped = true;
  }
}
