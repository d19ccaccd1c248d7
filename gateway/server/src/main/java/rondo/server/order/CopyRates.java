package rondo.server.order;

import java.util.LinkedHashMap;
import java.util.Map;
import rondo.server.config.ByteSizes;

/**
 * How fast this node copies: as the cluster's orders say, and where they say nothing, as its own
 * settings do. Thread-safe.
 */
public final class CopyRates {
  /** The names of the rates, as orders name them. */
  static final String COPY = "copy";

  static final String REPAIR = "repair";

  /** One rate in an order: the setting of each node. */
  private static final String OWN = "default";

  /** One rate in an order: no bound. */
  private static final String UNBOUNDED = "none";

  /** A slower copy would outlive the patience of its peers. */
  private static final long LEAST = 1 << 20;

  private final long ownCopy;
  private volatile Map<String, Long> ordered = Map.of();

  /**
   * @param ownCopy the setting of this node, in bytes per second; 0 for no bound
   */
  public CopyRates(long ownCopy) {
    this.ownCopy = ownCopy;
  }

  void take(StandingOrders orders) {
    ordered = orders.rates();
  }

  /** The bytes per second that layout changes and changed numbers of copies take; 0: no bound. */
  public long copy() {
    return ordered.getOrDefault(COPY, ownCopy);
  }

  /** The bytes per second that repair fetches of missing chunks; 0: no bound. */
  public long repair() {
    return ordered.getOrDefault(REPAIR, 0L);
  }

  /** The rates in bytes per second, ready to become JSON. */
  public Map<String, Object> view() {
    var view = new LinkedHashMap<String, Object>();
    view.put(COPY, copy());
    view.put(REPAIR, repair());
    view.put("ordered", ordered);
    return view;
  }

  /**
   * The orders with another rate.
   *
   * @param name of the rate
   * @param word a size per second, {@code none} for no bound, or {@code default} for each node's
   *     own setting
   * @throws IllegalArgumentException with a message in one line
   */
  static StandingOrders with(StandingOrders orders, String name, String word) {
    if (!name.equals(COPY) && !name.equals(REPAIR)) {
      throw new IllegalArgumentException("there is no rate '" + name + "'");
    }
    var rates = new LinkedHashMap<>(orders.rates());
    switch (word) {
      case OWN -> rates.remove(name);
      case UNBOUNDED -> rates.put(name, 0L);
      default -> rates.put(name, rate(word));
    }
    return orders.with(rates);
  }

  private static long rate(String word) {
    long bytes = ByteSizes.parse(word.endsWith("/s") ? word.substring(0, word.length() - 2) : word);
    if (bytes < LEAST) {
      throw new IllegalArgumentException(
          "'%s' is below 1MiB/s, with which a copy would hardly end; 'none' is no limit"
              .formatted(word));
    }
    return bytes;
  }
}
