package rondo.ring.sim;

import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.message.Reply;
import rondo.ring.message.ScanRange;
import rondo.ring.quorum.Outcome;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;

/**
 * A whole listing as one client saw it, page after page.
 *
 * @param rows the values by sort key
 * @param groups each group with the row that was named as its first
 */
record ObservedListing(
    SortedMap<Bytes, Bytes> rows,
    SortedMap<Bytes, Bytes> groups,
    Bytes prefix,
    boolean delimited,
    long startNanos,
    long endNanos) {

  private static final Bytes SLASH = Bytes.utf8("/");

  /** Lists all pages; null when the cluster did not answer. */
  static @Nullable ObservedListing run(
      Coordinator coordinator,
      Key sample,
      Random random,
      long startNanos,
      LongSupplier now,
      long deadlineNanos) {
    boolean delimited = random.nextBoolean();
    Bytes prefix = random.nextInt(4) == 0 ? Bytes.utf8("d/") : Bytes.EMPTY;
    var listing =
        new ObservedListing(new TreeMap<>(), new TreeMap<>(), prefix, delimited, startNanos, 0);
    Bytes from = Bytes.EMPTY;
    while (from != null) {
      var range =
          new ScanRange(
              sample.table(),
              sample.partition(),
              prefix,
              from,
              delimited ? SLASH : null,
              1 + random.nextInt(5));
      if (!(coordinator.scan(range, deadlineNanos)
          instanceof Outcome.Reached<Reply.Page>(Reply.Page page))) {
        return null;
      }
      page.entries().forEach(listing::add);
      from = page.more() ? after(page.entries().getLast()) : null;
    }
    return new ObservedListing(
        listing.rows, listing.groups, prefix, delimited, startNanos, now.getAsLong());
  }

  private void add(Reply.Entry entry) {
    Bytes last = Collections.max(List.of(lastOf(rows), lastOf(groups)));
    if (last.compareTo(place(entry)) >= 0) {
      throw new IllegalStateException(entry + " after " + last);
    }
    if (entry.group() != null) {
      groups.put(entry.group(), entry.sort());
    } else if (entry.value() != null) {
      rows.put(entry.sort(), entry.value());
    } else {
      throw new IllegalStateException("a row without its value: " + entry);
    }
  }

  private static Bytes lastOf(SortedMap<Bytes, Bytes> places) {
    return places.isEmpty() ? Bytes.EMPTY : places.lastKey();
  }

  private static Bytes place(Reply.Entry entry) {
    return entry.group() == null ? entry.sort() : entry.group();
  }

  private static Bytes after(Reply.Entry entry) {
    return entry.group() == null
        ? Bytes.concat(entry.sort(), Bytes.wrap(new byte[1]))
        : Bytes.concat(entry.group(), Bytes.wrap(new byte[] {(byte) 0xff}));
  }

  /** The listing's statement about one key; null if the key lies hidden in a group. */
  private @Nullable ClientOperation says(Bytes sort) {
    if (!sort.startsWith(prefix)) {
      return null;
    }
    Bytes value = rows.get(sort);
    if (value != null) {
      return new ClientOperation(ClientOperation.Kind.READ, value, null, startNanos, endNanos);
    }
    Bytes group = group(sort);
    if (group == null || !groups.containsKey(group)) {
      return new ClientOperation(ClientOperation.Kind.NOT_LISTED, null, null, startNanos, endNanos);
    }
    // The group stands for its first live row: none is before that, and the others are hidden.
    int order = sort.compareTo(groups.getOrDefault(group, Bytes.EMPTY));
    return order > 0
        ? null
        : new ClientOperation(
            order == 0 ? ClientOperation.Kind.LISTED : ClientOperation.Kind.NOT_LISTED,
            null,
            null,
            startNanos,
            endNanos);
  }

  /** Whether the listing shows only these. */
  boolean showsOnly(Set<Bytes> sorts) {
    return sorts.containsAll(rows.keySet()) && sorts.containsAll(groups.values());
  }

  private @Nullable Bytes group(Bytes sort) {
    int slash = sort.utf8().indexOf('/', prefix.length());
    return delimited && slash >= 0 ? sort.slice(0, slash + 1) : null;
  }

  /**
   * Whether writes alone explain the listing's statement about this key: it shows all writes that
   * were acknowledged before it began, and none whose delete was.
   */
  boolean sawWhatWasAcknowledged(Bytes sort, List<ClientOperation> operations) {
    ClientOperation said = says(sort);
    if (said == null) {
      return true;
    }
    var before =
        operations.stream()
            .filter(o -> o.startNanos() < endNanos)
            .filter(
                o -> o.kind() == ClientOperation.Kind.WRITE || o.kind() == ClientOperation.Kind.WON)
            .map(o -> o.endNanos() < endNanos ? o : unanswered(o));
    return Linearizability.holds(Stream.concat(before, Stream.of(said)).toList());
  }

  /**
   * Whether a row that the listing shows is as good as a linearizable read of it. A row that it
   * doesn't show needn't be: of two replicas one may have missed the row, and the other may have it
   * deleted by a client that got no answer; the next read may ask the third.
   */
  boolean isLikeARead(Bytes sort, List<ClientOperation> operations) {
    ClientOperation said = says(sort);
    return said == null
        || said.kind() == ClientOperation.Kind.NOT_LISTED
        || Linearizability.holds(Stream.concat(operations.stream(), Stream.of(said)).toList());
  }

  private static ClientOperation unanswered(ClientOperation o) {
    return new ClientOperation(o.kind(), o.value(), o.expected(), o.startNanos(), Long.MAX_VALUE);
  }
}
