package rondo.server.bench;

import java.util.ArrayList;
import java.util.List;
import rondo.server.config.ByteSizes;

/** The sizes of objects: one size, or several with weights. */
record SizeDistribution(String text, List<WeightedSize> shares) {
  /** One size and its weight. */
  record WeightedSize(long sizeBytes, int weight) {}

  /**
   * Reads {@code 4KiB} or {@code 4KiB:70,1MiB:30}.
   *
   * @throws IllegalArgumentException saying what is malformed
   */
  static SizeDistribution parse(String text) {
    var shares = new ArrayList<WeightedSize>();
    for (String share : text.split(",", -1)) {
      String[] fields = share.strip().split(":", -1);
      boolean weighted = fields.length == 2 && fields[1].matches("[1-9][0-9]{0,5}");
      if (!weighted && fields.length != 1) {
        throw new IllegalArgumentException("'" + share + "' is not SIZE or SIZE:WEIGHT");
      }
      shares.add(
          new WeightedSize(ByteSizes.parse(fields[0]), weighted ? Integer.parseInt(fields[1]) : 1));
    }
    return new SizeDistribution(text, List.copyOf(shares));
  }

  long pick(long random) {
    int total = shares.stream().mapToInt(WeightedSize::weight).sum();
    long point = Long.remainderUnsigned(random, total);
    for (WeightedSize share : shares) {
      point -= share.weight();
      if (point < 0) {
        return share.sizeBytes();
      }
    }
    throw new IllegalStateException("weights add up to more than " + total);
  }
}
