package rondo.server.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static rondo.server.storage.NodeCalls.call;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import rondo.server.boot.NodeProcess;
import rondo.server.cli.option.ServerOptions;

/** What two nodes that were at work show of themselves. */
@Timeout(240)
@Tag("node")
final class NodeMetricsTest {
  private static final Pattern SAMPLE =
      Pattern.compile("([a-z0-9_]+)(\\{.*})? ([0-9.E+-]+|NaN|[+-]Inf)");

  @TempDir Path folder = Path.of("");

  private NodeProcess start(String name, String... more) {
    var flags =
        new ArrayList<>(
            List.of(
                "--data=" + folder.resolve(name),
                "--node=" + name,
                "--durability=none",
                "--metrics-top=3",
                "--s3-listen=127.0.0.1:0",
                "--admin-listen=127.0.0.1:0",
                "--node-listen=127.0.0.1:0"));
    flags.addAll(List.of(more));
    return NodeProcess.start(ServerOptions.read(Map.of(), flags.toArray(String[]::new)));
  }

  @Test
  void a_node_at_work_shows_every_metric_of_the_catalogue() throws Exception {
    try (NodeProcess one = start("one")) {
      try (NodeProcess two =
          start(
              "two",
              "--join=127.0.0.1:" + one.nodePort(),
              "--token-file=" + folder.resolve("one").resolve("join-token"))) {
        await(one, "rondo_layout_nodes 2.0");
        await(two, "rondo_ready 1.0");
        work(one);
      }
      await(one, "rondo_health{question=\"quorum\"} 0.0");
      String text = metrics(one);
      Map<String, String> types = types(text);
      MetricCatalogue.read()
          .byName()
          .forEach((name, metric) ->
              assertThat(types).as(name).containsEntry(name, metric.type().word()));
      assertThat(text)
          .contains(
              "rondo_s3_bucket_requests_total{bucket=\"bucket\"}",
              "rondo_s3_errors_total{code=\"NoSuchKey\",fault=\"client\",operation=\"GetObject\"}")
          .doesNotContain("secret-key");
      assertThat(labelsOfAll(text)).doesNotContain("key", "object", "id");
      for (String file : List.of("alerts.yaml", "dashboard.json")) {
        assertThat(types.keySet()).as(file).containsAll(named(file, types.keySet()));
      }
      // The other node is gone: what alerts look at has changed.
      assertThat(text)
          .contains(
              "rondo_peer_down{peer=\"two\"} 1.0",
              "rondo_health{question=\"quorum\"} 0.0",
              "rondo_health{question=\"ready\"} 0.0");
      assertThat(s3(one, "PUT", "/bucket/key", "x")).startsWith("503");
      String later = metrics(one);
      assertThat(later)
          .containsPattern(
              "rondo_s3_errors_total\\{code=\"ServiceUnavailable\",fault=\"server\",.*} 1.0");
      assertThat(series(later)).containsAll(selected("alerts.yaml"));
    }
  }

  /** The metrics that a file of docs/monitoring names, histograms by the names of their family. */
  private static Set<String> named(String file, Set<String> known) throws IOException {
    String text = Files.readString(Path.of("../../docs/monitoring").resolve(file));
    var names = new TreeSet<String>();
    Matcher name = Pattern.compile("(rondo|jvm|process)_[a-z0-9_]+").matcher(text);
    while (name.find()) {
      String family = name.group().replaceFirst("_(bucket|count|sum)$", "");
      names.add(known.contains(family) ? family : name.group());
    }
    return names;
  }

  /** Each value of a label that a file selects by, as metric{label="value"}. */
  private static Set<String> selected(String file) throws IOException {
    String text = Files.readString(Path.of("../../docs/monitoring").resolve(file));
    var all = new TreeSet<String>();
    Matcher metric = Pattern.compile("(rondo_[a-z0-9_]+)\\{([^}]*)}").matcher(text);
    while (metric.find()) {
      Matcher label = Pattern.compile("([a-z]+)=~?\"([^\"]*)\"").matcher(metric.group(2));
      while (label.find()) {
        for (String value : label.group(2).split("\\|")) {
          all.add(metric.group(1) + "{" + label.group(1) + "=\"" + value + "\"}");
        }
      }
    }
    assertThat(all).hasSizeGreaterThan(30);
    return all;
  }

  /** The labels of all series, one by one, as {@link #selected}. */
  private static Set<String> series(String text) {
    var all = new TreeSet<String>();
    Matcher sample = Pattern.compile("(?m)^(rondo_[a-z0-9_]+)\\{(.*)} ").matcher(text);
    while (sample.find()) {
      Matcher label = Pattern.compile("[a-z]+=\"[^\"]*\"").matcher(sample.group(2));
      while (label.find()) {
        all.add(sample.group(1) + "{" + label.group() + "}");
      }
    }
    return all;
  }

  private static void work(NodeProcess node) throws Exception {
    assertThat(s3(node, "PUT", "/bucket", "")).startsWith("200");
    assertThat(s3(node, "PUT", "/bucket/secret-key", "x".repeat(40_000))).startsWith("200");
    assertThat(s3(node, "GET", "/bucket/secret-key", "")).startsWith("200");
    assertThat(s3(node, "HEAD", "/bucket/secret-key", "")).startsWith("200");
    assertThat(s3(node, "GET", "/bucket?list-type=2", "")).startsWith("200");
    assertThat(s3(node, "GET", "/bucket/none", "")).startsWith("404");
    assertThat(s3(node, "DELETE", "/bucket/secret-key", "")).startsWith("204");
  }

  private static String s3(NodeProcess node, String method, String path, String body)
      throws Exception {
    return call(node, node.s3Port(), method, path, body);
  }

  private static String metrics(NodeProcess node) throws Exception {
    String answer = call(node, node.adminPort(), "GET", "/metrics", "");
    // Each series with labels has the node's own name too.
    return answer
        .substring(answer.indexOf(' ') + 1)
        .replaceAll("(rondo_.*)(,node=\"one\"|node=\"one\",)", "$1");
  }

  private static void await(NodeProcess node, String line) throws Exception {
    while (!metrics(node).contains("\n" + line)) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  /** The types of all metrics of which there is a value, after the whole text was understood. */
  private static Map<String, String> types(String text) {
    var types = new HashMap<String, String>();
    var helped = new TreeSet<String>();
    for (String line : text.lines().toList()) {
      String[] words = line.split(" ", 4);
      if (line.startsWith("# HELP ")) {
        assertThat(words).as(line).hasSize(4);
        helped.add(words[2]);
      } else if (line.startsWith("# TYPE ")) {
        assertThat(types.put(words[2], words[3])).as("twice: " + line).isNull();
      } else {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        String family = sample.group(1).replaceFirst("_(bucket|count|sum)$", "");
        assertThat(types.containsKey(family) || types.containsKey(sample.group(1)))
            .as(line)
            .isTrue();
      }
    }
    assertThat(helped).isEqualTo(new TreeSet<>(types.keySet()));
    return types;
  }

  private static Set<String> labelsOfAll(String text) {
    var labels = new TreeSet<String>();
    Matcher label = Pattern.compile("([a-z_]+)=\"").matcher(text.replaceAll("(?m)^jvm_.*", ""));
    while (label.find()) {
      labels.add(label.group(1));
    }
    return labels;
  }
}
