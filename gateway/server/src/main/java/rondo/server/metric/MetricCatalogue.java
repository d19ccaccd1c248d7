package rondo.server.metric;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * All metrics of Rondo's own, with their types, labels and meanings, from {@code metrics.txt}.
 * Pure.
 *
 * <pre>
 * line = type " " name [ "{" label *( "," label ) "}" ] " " help
 * </pre>
 */
record MetricCatalogue(Map<String, MetricDescription> byName) {
  private static final Pattern LINE =
      Pattern.compile("(counter|gauge|histogram) ([a-z0-9_]+)(?:\\{([a-z_,]+)\\})? (\\S.*)");

  /** Reads the catalogue that belongs to the program. */
  static MetricCatalogue read() {
    try (InputStream file = MetricCatalogue.class.getResourceAsStream("metrics.txt")) {
      byte[] bytes = Objects.requireNonNull(file, "metrics.txt").readAllBytes();
      return parse(new String(bytes, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static MetricCatalogue parse(String text) {
    var byName = new LinkedHashMap<String, MetricDescription>();
    for (String line : text.lines().toList()) {
      if (!line.isBlank() && !line.startsWith("#")) {
        MetricDescription read = description(line);
        byName.put(read.name(), read);
      }
    }
    return new MetricCatalogue(byName);
  }

  private static MetricDescription description(String line) {
    Matcher parts = LINE.matcher(line);
    if (!parts.matches()) {
      throw new IllegalStateException("no metric: " + line);
    }
    String labels = parts.group(3);
    return new MetricDescription(
        MetricDescription.Type.valueOf(parts.group(1).toUpperCase(Locale.ROOT)),
        parts.group(2),
        labels == null ? List.of() : List.of(labels.split(",")),
        parts.group(4));
  }

  /** The description of a metric. */
  MetricDescription of(String name, int labels) {
    MetricDescription found = byName.get(name);
    if (found == null || found.labels().size() != labels) {
      throw new IllegalStateException(
          "the catalogue has no metric " + name + " with " + labels + " labels");
    }
    return found;
  }
}
