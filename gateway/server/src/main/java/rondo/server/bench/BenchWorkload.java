package rondo.server.bench;

import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Which operations run, and how often each.
 *
 * @param shares weights of the kinds, at least one of them positive
 */
record BenchWorkload(String name, Map<OperationKind, Integer> shares) {
  private static final String MIX = "get:70,put:25,list:4,delete:1";

  /**
   * Reads {@code put}, {@code mixed} or shares such as {@code get:70,put:30}.
   *
   * @throws IllegalArgumentException saying what is malformed
   */
  static BenchWorkload parse(String text) {
    var shares = new EnumMap<OperationKind, Integer>(OperationKind.class);
    for (String share : (text.equals("mixed") ? MIX : text).split(",", -1)) {
      String[] fields = share.strip().split(":", -1);
      boolean weighted = fields.length == 2 && fields[1].matches("[0-9]{1,6}");
      if (!weighted && fields.length != 1) {
        throw new IllegalArgumentException("'" + share + "' is not KIND or KIND:SHARE");
      }
      shares.put(kind(fields[0]), weighted ? Integer.parseInt(fields[1]) : 1);
    }
    if (shares.values().stream().allMatch(share -> share == 0)) {
      throw new IllegalArgumentException("'" + text + "' has no shares");
    }
    return new BenchWorkload(text, shares);
  }

  private static OperationKind kind(String name) {
    for (OperationKind kind : OperationKind.values()) {
      if (kind.label().equals(name.toLowerCase(Locale.ROOT))) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "'" + name + "' is none of put, get, list, delete, multipart, mixed");
  }

  /** The kind at a random point of the shares. */
  OperationKind pick(long random) {
    int total = shares.values().stream().mapToInt(Integer::intValue).sum();
    long point = Long.remainderUnsigned(random, total);
    for (Map.Entry<OperationKind, Integer> share : shares.entrySet()) {
      point -= share.getValue();
      if (point < 0) {
        return share.getKey();
      }
    }
    throw new IllegalStateException("shares add up to more than " + total);
  }

  /** Whether its operations need objects that exist before. */
  boolean needsObjects() {
    return shares.getOrDefault(OperationKind.GET, 0) > 0
        || shares.getOrDefault(OperationKind.LIST, 0) > 0
        || shares.getOrDefault(OperationKind.DELETE, 0) > 0;
  }

  boolean onlyDeletes() {
    return shares.keySet().equals(Set.of(OperationKind.DELETE));
  }
}
