package rondo.gateway.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import rondo.ring.register.Bytes;

/** Ranges of keys. Pure. */
final class Prefixes {
  private Prefixes() {}

  /** The fewest prefixes that cover all of these, in order: no key has two of them. */
  static List<Bytes> covering(Stream<String> prefixes) {
    var covering = new ArrayList<Bytes>();
    for (Bytes prefix : prefixes.map(Bytes::utf8).sorted().toList()) {
      if (covering.isEmpty() || !prefix.startsWith(covering.getLast())) {
        covering.add(prefix);
      }
    }
    return covering;
  }
}
