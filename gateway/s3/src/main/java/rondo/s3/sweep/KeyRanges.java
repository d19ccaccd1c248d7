package rondo.s3.sweep;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import rondo.ring.value.Bytes;

/** Reduces prefixes to the ranges of keys that they cover. Pure. */
final class KeyRanges {
  private KeyRanges() {}

  /** The fewest prefixes that cover all of these, in order. No key begins with two of them. */
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
