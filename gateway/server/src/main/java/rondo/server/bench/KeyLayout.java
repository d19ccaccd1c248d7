package rondo.server.bench;

/**
 * The names of objects: {@code root/pNNN/oNNNNNNNNNN}, where the middle part is one of {@code
 * prefixes} folders. Everything about an object follows from its number, so that written objects
 * can be checked without remembering them.
 */
record KeyLayout(String root, int prefixes) {
  String key(long number) {
    return prefix(number) + "o" + digits(number, 10);
  }

  /** The prefix under which object {@code number} lies. */
  String prefix(long number) {
    return prefixes <= 1
        ? root
        : root + "p" + digits(Long.remainderUnsigned(mix(number), prefixes), 4) + "/";
  }

  private static String digits(long number, int width) {
    String digits = Long.toString(number);
    return "0".repeat(Math.max(0, width - digits.length())) + digits;
  }

  /** Spreads consecutive numbers over all longs (the finalizer of MurmurHash3). */
  static long mix(long number) {
    long mixed = (number ^ (number >>> 33)) * 0xff51afd7ed558ccdL;
    mixed = (mixed ^ (mixed >>> 33)) * 0xc4ceb9fe1a85ec53L;
    return mixed ^ (mixed >>> 33);
  }
}
