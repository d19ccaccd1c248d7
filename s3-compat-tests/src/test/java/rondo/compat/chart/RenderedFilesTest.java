package rondo.compat.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rondo.compat.house.Sources;

/** Renders what {@code clients/test_kubernetes.py} runs as processes, into {@code target}. */
final class RenderedFilesTest {
  private static final String VALUES =
      """
      nodes: %d
      bootstrapSecrets: {enabled: true}
      zone: {from: machineLabel}
      config: {stopWait: 2s, copyRate: 0}
      preStopSeconds: 1
      shrinkGuard: {limit: 10m}
      resources: {limits: {memory: 1Gi}}
      jvmOptions: -XX:TieredStopAtLevel=1 -Xmx400m
      podAnnotations: {roll: %s}
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"three,3,a", "rolled,3,b", "four,4,a"})
  void a_release_is_rendered_for_a_run(String name, int nodes, String roll) throws IOException {
    Path values = folder.resolve("values.yaml");
    Files.writeString(values, VALUES.formatted(nodes, roll));
    RenderedChart chart = RenderedChart.render("t", values);
    Path to = Sources.root().resolve("s3-compat-tests/target/rendered");
    Files.createDirectories(to);
    Files.writeString(to.resolve(name + ".json"), chart.documents().toString());
    assertThat(chart.all("StatefulSet")).hasSize(1);
  }
}
