package rondo.compat.chart;

import com.google.gson.JsonObject;
import com.marcnuri.helm.Helm;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import rondo.compat.house.Sources;

/**
 * The documents that the chart makes of a set of values.
 *
 * @param documents also those of hooks
 */
record RenderedChart(List<JsonObject> documents) {
  static final Path CHART = Sources.root().resolve("helm/rondo");

  /** Sets of values, a file each. */
  private static final Path SETS =
      Sources.root().resolve("s3-compat-tests/src/test/resources/chart");

  /** The names of the sets of values. */
  static List<String> sets() throws IOException {
    try (Stream<Path> files = Files.list(SETS)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** Renders with one of the sets of values. */
  static RenderedChart of(String set) throws IOException {
    return render("t", SETS.resolve(set));
  }

  /**
   * Renders as a release of that name.
   *
   * @throws IllegalStateException with the sentence by which the chart refuses the values
   */
  static RenderedChart render(String release, Path values) throws IOException {
    Path chart = Files.createTempDirectory("chart");
    try {
      copy(chart);
      return new RenderedChart(
          ChartTest.documents(
              new Helm(chart)
                  .template()
                  .withName(release)
                  .withNamespace("spaces")
                  .withKubeVersion("1.31.0")
                  .withValuesFile(values)
                  .call()));
    } finally {
      delete(chart);
    }
  }

  /** Copies the chart; this library's rendering leaves hooks out, so they aren't called so. */
  private static void copy(Path to) throws IOException {
    try (Stream<Path> all = Files.walk(CHART)) {
      for (Path from : all.toList()) {
        Path target = to.resolve(CHART.relativize(from).toString());
        if (Files.isDirectory(from)) {
          Files.createDirectories(target);
        } else {
          Files.writeString(
              target, Files.readString(from).replace("helm.sh/hook:", "helm.sh/was-hook:"));
        }
      }
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> all = Files.walk(folder)) {
      all.sorted(java.util.Comparator.reverseOrder())
          .forEach(file -> {
            try {
              Files.delete(file);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          });
    }
  }

  /** The documents of that kind. */
  List<JsonObject> all(String kind) {
    return documents.stream()
        .filter(document -> document.get("kind").getAsString().equals(kind))
        .toList();
  }

  /** The first document of that kind. */
  JsonObject one(String kind) {
    return all(kind).getFirst();
  }

  static String name(JsonObject document) {
    return document.getAsJsonObject("metadata").get("name").getAsString();
  }

  /** The pods, and the templates of those that stateful sets and jobs make. */
  List<JsonObject> pods() {
    return Stream.concat(
            all("Pod").stream(),
            Stream.of("StatefulSet", "Deployment", "Job")
                .flatMap(kind -> all(kind).stream())
                .map(document -> document.getAsJsonObject("spec").getAsJsonObject("template")))
        .toList();
  }

  /** The objects of a list; none where there is no such list. */
  static List<JsonObject> list(JsonObject parent, String name) {
    return parent.has(name)
        ? StreamSupport.stream(parent.getAsJsonArray(name).spliterator(), false)
            .map(element -> element.getAsJsonObject())
            .toList()
        : List.of();
  }
}
