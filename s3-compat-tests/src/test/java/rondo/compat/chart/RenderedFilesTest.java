package rondo.compat.chart;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import rondo.compat.house.Sources;

/** Leaves renderings as JSON for {@code clients/test_kubernetes.py}, which runs their pods. */
final class RenderedFilesTest {
  private static final Path RENDERED = Sources.root().resolve("s3-compat-tests/target/rendered");

  /** Small, since several pods share the machine of a test. */
  private static final String VALUES =
      """
      bootstrapSecrets: {enabled: true}
      zone: {from: machineLabel}
      jvmOptions: -Xmx384m -XX:TieredStopAtLevel=1
      preStopSeconds: 1
      monitoring: {conditions: true}
      declared:
        buckets: [{name: life, versioning: Enabled, grants: {app: write}}]
        users: [{name: app, secrets: [{name: life-key, namespace: web}]}]
      """;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource({"three,nodes: 3", "four,nodes: 4", "rolled,'podAnnotations: {rolled: again}'"})
  void pods_of_a_release_are_left_for_the_clients_tests(String name, String more)
      throws IOException {
    Path values = Files.writeString(folder.resolve("values.yaml"), VALUES + more);
    RenderedChart chart = RenderedChart.render("t", values);
    Files.createDirectories(RENDERED);
    Files.writeString(RENDERED.resolve(name + ".json"), chart.documents().toString());
    assertThat(chart.all("StatefulSet")).hasSize(1);
  }
}
