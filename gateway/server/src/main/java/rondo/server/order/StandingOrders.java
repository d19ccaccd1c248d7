package rondo.server.order;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rondo.ring.value.Bytes;
import rondo.ring.value.NodeId;

/**
 * All orders that stand, and their text: a line for each, words with blanks between them.
 *
 * <pre>
 * away ID NAME START maintenance|stopped UNTIL-MICROS
 * rate copy|repair BYTES-PER-SECOND
 * ban NAME
 * </pre>
 *
 * @param rates bytes per second by their names; 0 for no bound
 * @param banned names of nodes that are kept out
 * @param others lines of newer programs, which are kept
 */
public record StandingOrders(
    List<Absence> absences, Map<String, Long> rates, Set<String> banned, List<String> others) {
  static final StandingOrders NONE = new StandingOrders(List.of(), Map.of(), Set.of(), List.of());

  private static final String AWAY = "away";
  private static final String RATE = "rate";
  private static final String BAN = "ban";
  private static final int AWAY_WORDS = 6;

  public StandingOrders {
    absences = List.copyOf(absences);
    rates = Collections.unmodifiableMap(new TreeMap<>(rates));
    banned = Collections.unmodifiableSet(new TreeSet<>(banned));
    others = List.copyOf(others);
  }

  /** Reads a row; null for none. */
  static StandingOrders parse(@Nullable Bytes row) {
    var absences = new ArrayList<Absence>();
    var rates = new TreeMap<String, Long>();
    var banned = new TreeSet<String>();
    var others = new ArrayList<String>();
    for (String line : row == null ? List.<String>of() : row.utf8().lines().toList()) {
      String[] words = line.split(" ", -1);
      switch (words[0]) {
        case OrderBook.TURN -> {}
        case AWAY -> absences.add(absence(words));
        case RATE -> rates.put(words[1], Long.parseLong(words[2]));
        case BAN -> banned.add(words[1]);
        default -> others.add(line);
      }
    }
    return new StandingOrders(absences, rates, banned, others);
  }

  private static Absence absence(String... words) {
    if (words.length != AWAY_WORDS) {
      throw new IllegalStateException("an order has " + words.length + " words");
    }
    return new Absence(
        new NodeId(Long.parseUnsignedLong(words[1], 16)),
        words[2],
        Long.parseLong(words[3]),
        Absence.Kind.valueOf(words[4].toUpperCase(Locale.ROOT)),
        Long.parseLong(words[5]));
  }

  /** The row's lines. */
  List<String> lines() {
    var lines = new ArrayList<>(others);
    for (Absence it : absences) {
      String kind = it.kind().name().toLowerCase(Locale.ROOT);
      lines.add(
          String.join(
              " ",
              AWAY,
              it.node().toString(),
              it.label(),
              Long.toString(it.start()),
              kind,
              Long.toString(it.untilMicros())));
    }
    rates.forEach((name, bytes) -> lines.add(String.join(" ", RATE, name, bytes.toString())));
    banned.forEach(name -> lines.add(BAN + " " + name));
    return lines;
  }

  /** These orders with other rates. */
  StandingOrders with(Map<String, Long> next) {
    return new StandingOrders(absences, next, banned, others);
  }

  /** These orders with another list of banned names. */
  StandingOrders banning(Set<String> names) {
    return new StandingOrders(absences, rates, names, others);
  }

  /** These orders with another absence, in place of those that {@code over} names. */
  StandingOrders with(Absence absence, Predicate<Absence> over) {
    var all = new ArrayList<>(without(over).absences);
    all.removeIf(it -> it.node().equals(absence.node()));
    all.add(absence);
    return new StandingOrders(all, rates, banned, others);
  }

  /** These orders without some absences. */
  StandingOrders without(Predicate<Absence> over) {
    return new StandingOrders(
        absences.stream().filter(over.negate()).toList(), rates, banned, others);
  }
}
