package rondo.server.metric;

import java.util.List;
import java.util.Locale;

/**
 * One metric as the catalogue describes it.
 *
 * @param name as Prometheus shows it
 * @param labels in the order in which values are given
 * @param help a sentence
 */
record MetricDescription(Type type, String name, List<String> labels, String help) {
  /** What can be done with its values. */
  enum Type {
    COUNTER,
    GAUGE,
    HISTOGRAM;

    /** The word in Prometheus' text format. */
    String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  MetricDescription {
    labels = List.copyOf(labels);
  }
}
