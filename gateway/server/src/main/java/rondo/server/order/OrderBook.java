package rondo.server.order;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import rondo.metadata.table.Tables;
import rondo.ring.coordinate.ConditionalResult;
import rondo.ring.coordinate.Decision;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.quorum.Outcome;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.VersionedValue;
import rondo.s3.identity.IdentityRegisters;
import rondo.storage.folder.DiskException;

/**
 * The cluster's standing orders: one row, which is changed by conditional writes, so that of two
 * orders that exclude each other exactly one succeeds. Each node reads it again every few seconds.
 * Thread-safe.
 */
public final class OrderBook {
  /** The first word of a line that makes each writing of the row another one. */
  static final String TURN = "turn";

  private static final Key ROW = new Key(Tables.STAGED, Bytes.utf8("orders"), Bytes.EMPTY);
  private static final long REST_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long UNREAD_REST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long UNREAD_NANOS = TimeUnit.MINUTES.toNanos(1);

  private final IdentityRegisters registers;
  private final Time time;
  private final CopyRates rates;
  private final Tasks tasks;
  private final Mailbox<Boolean> stop;
  private final long openedNanos;
  private volatile boolean known;
  private volatile StandingOrders orders = StandingOrders.NONE;

  /**
   * @param rates follow the orders
   */
  public OrderBook(IdentityRegisters registers, CopyRates rates, Tasks tasks, Time time) {
    this.rates = rates;
    this.registers = registers;
    this.time = time;
    this.tasks = tasks;
    this.stop = tasks.mailbox();
    this.openedNanos = time.nanos();
  }

  /** The orders as they were read last, at most some seconds ago while the row can be read. */
  public StandingOrders orders() {
    return orders;
  }

  /**
   * Reads the orders again and again, until {@link #stop}.
   *
   * @param member whether this node can ask the cluster now
   */
  public void run(BooleanSupplier member) {
    do {
      try {
        if (member.getAsBoolean()) {
          read();
        }
      } catch (DiskException e) {
        // The clock's ceiling can't be written now; the disk is reported elsewhere.
      }
    } while (stop.take(time.nanos() + (known ? REST_NANOS : UNREAD_REST_NANOS)) == null);
  }

  public void stop() {
    stop.put(true);
  }

  private void read() {
    if (registers.read(ROW) instanceof Outcome.Reached<VersionedValue>(VersionedValue state)) {
      take(StandingOrders.parse(state.value()));
    }
  }

  /**
   * Changes the orders; false when that isn't known to have happened.
   *
   * @param change may be asked several times
   * @throws IllegalArgumentException when {@code change} throws it; nothing is changed then
   */
  public boolean change(UnaryOperator<StandingOrders> change) {
    var refusal = new AtomicReference<IllegalArgumentException>();
    var written = new AtomicReference<>(StandingOrders.NONE);
    Outcome<ConditionalResult> outcome =
        registers.update(
            ROW,
            before -> {
              try {
                refusal.set(null);
                written.set(change.apply(StandingOrders.parse(before.value())));
                return new Decision.PutOwn(row(requireNonNull(written.get())));
              } catch (IllegalArgumentException e) {
                refusal.set(e);
                return new Decision.Decline();
              }
            });
    if (!(outcome instanceof Outcome.Reached<ConditionalResult>)) {
      return false;
    }
    IllegalArgumentException refused = refusal.get();
    if (refused != null) {
      throw refused;
    }
    take(requireNonNull(written.get()));
    return true;
  }

  private void take(StandingOrders now) {
    orders = now;
    rates.take(now);
    known = true;
  }

  /**
   * Sets rates; each name has a word as {@link CopyRates} reads it. False when that isn't known to
   * have happened.
   *
   * @throws IllegalArgumentException with a message in one line
   */
  public boolean limit(Map<String, String> words) {
    return change(now -> {
      StandingOrders next = now;
      for (Map.Entry<String, String> word : words.entrySet()) {
        next = CopyRates.with(next, word.getKey(), word.getValue());
      }
      return next;
    });
  }

  public CopyRates rates() {
    return rates;
  }

  /**
   * Why a node of that name isn't taken in, in a sentence; empty when it is. While this node hasn't
   * read the orders it takes in none, but not for ever.
   */
  public String refusal(String name) {
    if (orders.banned().contains(name)) {
      return "the name '%s' is banned: 'rondo node unban %s' lets it in again"
          .formatted(name, name);
    }
    return known || time.nanos() - openedNanos > UNREAD_NANOS
        ? ""
        : "the node that was asked has just started and waits until enough others answer";
  }

  /**
   * Keeps a name out, or no longer; false when that isn't known to have happened. When the answer
   * to a ban comes, all nodes that can read the orders have read it.
   *
   * @throws IllegalArgumentException with a message in one line, when it is so already
   */
  public boolean ban(String name, boolean out) {
    boolean done =
        change(now -> {
          var names = new TreeSet<>(now.banned());
          if (!(out ? names.add(name) : names.remove(name))) {
            throw new IllegalArgumentException(
                "the name '%s' is %s".formatted(name, out ? "banned already" : "not banned"));
          }
          return now.banning(names);
        });
    if (done && out) {
      tasks.mailbox().take(time.nanos() + 2 * REST_NANOS);
    }
    return done;
  }

  private static Bytes row(StandingOrders orders) {
    var lines = new ArrayList<>(orders.lines());
    lines.add(TURN + " " + UUID.randomUUID());
    return Bytes.utf8(String.join("\n", lines));
  }
}
