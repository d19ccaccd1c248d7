package rondo.server.order;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.membership.Membership;
import rondo.ring.placement.Assignment;
import rondo.ring.placement.Node;
import rondo.ring.placement.PartitionOwners;
import rondo.ring.placement.Vacancy;
import rondo.ring.port.Time;
import rondo.ring.value.NodeId;
import rondo.server.order.Absence.Kind;

/**
 * Decides whether one more node may be away, and remembers it in the {@link OrderBook}. A node that
 * is away keeps its seats, and nothing is moved. Thread-safe.
 */
public final class Absences {
  private final OrderBook book;
  private final Membership membership;
  private final Time time;

  public Absences(OrderBook book, Membership membership, Time time) {
    this.book = book;
    this.membership = membership;
    this.time = time;
  }

  /** All standing orders. */
  public OrderBook book() {
    return book;
  }

  /** The absences that haven't ended. */
  public List<Absence> now() {
    return book.orders().absences().stream().filter(it -> !isOver(it)).toList();
  }

  /** The node's absence; null when it has none. */
  public @Nullable Absence of(NodeId node) {
    return now().stream().filter(it -> it.node().equals(node)).findFirst().orElse(null);
  }

  private boolean isOver(Absence absence) {
    Layout layout = membership.layout();
    if (absence.untilMicros() <= time.wallMicros()
        || (layout != null && layout.node(absence.node()) == null)) {
      return true;
    }
    return membership.lastStart(absence.node()) > absence.start()
        && !membership.suspected(absence.node());
  }

  /**
   * Notes that a node will be away.
   *
   * @return false when too few nodes answer to agree on that
   * @throws IllegalArgumentException with the numbers, when something could then be neither read
   *     nor written, or when the node is in maintenance already
   */
  public boolean begin(Layout layout, NodeId node, Kind kind, Duration time) {
    return book.change(orders -> {
      List<Absence> away = orders.absences().stream().filter(it -> !isOver(it)).toList();
      check(layout, node, kind, away);
      // A stop within a maintenance doesn't shorten it.
      if (away.stream().anyMatch(it -> it.node().equals(node) && it.kind() == Kind.MAINTENANCE)) {
        return orders.without(this::isOver);
      }
      return orders.with(absence(layout, node, kind, time), this::isOver);
    });
  }

  private Absence absence(Layout layout, NodeId node, Kind kind, Duration lasts) {
    Node known = layout.node(node);
    String label = known == null ? node.toString() : known.label();
    long until = time.wallMicros() + TimeUnit.NANOSECONDS.toMicros(lasts.toNanos());
    return new Absence(node, label, membership.lastStart(node), kind, until);
  }

  /**
   * Ends a node's maintenance.
   *
   * @return false when too few nodes answer to agree on that
   * @throws IllegalArgumentException when it is in none
   */
  public boolean end(NodeId node, String label) {
    return book.change(orders -> {
      if (orders.absences().stream().noneMatch(it -> it.node().equals(node) && !isOver(it))) {
        throw new IllegalArgumentException(
            "'%s' is in no maintenance: it is over, or was ended".formatted(label));
      }
      return orders.without(it -> isOver(it) || it.node().equals(node));
    });
  }

  private void check(Layout layout, NodeId node, Kind kind, List<Absence> away) {
    for (Absence it : away) {
      if (it.node().equals(node) && kind == Kind.MAINTENANCE && it.kind() == kind) {
        throw new IllegalArgumentException(it.words() + " already; --end ends it");
      }
    }
    List<Absence> others = away.stream().filter(it -> !it.node().equals(node)).toList();
    Predicate<NodeId> absent =
        id -> membership.suspected(id) || others.stream().anyMatch(it -> it.node().equals(id));
    long broken = broken(layout, node, absent);
    if (broken > 0) {
      throw new IllegalArgumentException(
          "%d of %d partitions could then be neither read nor written%s"
              .formatted(broken, layout.partitions(), because(layout, node, others)));
    }
  }

  private String because(Layout layout, NodeId node, List<Absence> others) {
    var why = new ArrayList<String>();
    layout.nodes().stream()
        .filter(it -> !it.id().equals(node) && membership.suspected(it.id()))
        .filter(it -> others.stream().noneMatch(other -> other.node().equals(it.id())))
        .forEach(it -> why.add("'%s' gives no answer".formatted(it.label())));
    others.forEach(it -> why.add(it.words()));
    return why.isEmpty() ? "" : ", since " + String.join(", and ", why);
  }

  /** How many partitions would have no quorum without the node. */
  public static long broken(Layout layout, NodeId leaving, Predicate<NodeId> absent) {
    return (layout.joint() ? Stream.of(layout.from(), layout.to()) : Stream.of(layout.to()))
        .mapToLong(all -> broken(all, leaving, absent))
        .max()
        .orElse(0);
  }

  private static long broken(Assignment all, NodeId leaving, Predicate<NodeId> absent) {
    long broken = 0;
    for (int p = 0; p < all.owners().size(); p++) {
      PartitionOwners owners = all.ownersOf(p);
      long left =
          owners.nodes().stream()
              .filter(it -> !it.equals(leaving) && !Vacancy.is(it) && !absent.test(it))
              .count();
      int needed = Math.max(owners.replication().r(), owners.replication().w());
      broken += owners.nodes().contains(leaving) && left < needed ? 1 : 0;
    }
    return broken;
  }
}
