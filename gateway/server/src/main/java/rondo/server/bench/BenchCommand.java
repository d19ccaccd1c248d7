package rondo.server.bench;

import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import rondo.server.config.ByteSizes;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** {@code rondo bench}: drives an S3 endpoint and measures it. */
@Command(
    name = "bench",
    description =
        "Measures any S3 endpoint: throughput, latency, and what client and servers cost.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    footer = {
      "",
      "Without --rate, each client asks when its last answer has come (closed loop), and latencies",
      "are shown as they were and corrected for coordinated omission. With --rate, operations"
          + " start",
      "by the clock and latencies count from the intended start.",
      "",
      "rondo bench --credentials rondo-data/root-credentials --workload get --size 4KiB --duration 30",
      "rondo bench --compare before.json after.json"
    })
public final class BenchCommand implements Callable<Integer> {
  private static final String USAGE_LIST =
      "put, get, list, delete, multipart, mixed, or shares such" + " as get:70,put:30";

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--endpoint",
      split = ",",
      paramLabel = "URL",
      defaultValue = "http://127.0.0.1:9000",
      description = "Where to; several are used in turn.")
  private List<URI> endpoints = List.of();

  @Option(
      names = "--access-key",
      paramLabel = "KEY",
      description = "With --secret-key; or --credentials.")
  private @Nullable String accessKey;

  @Option(names = "--secret-key", paramLabel = "SECRET", description = "Of the access key.")
  private @Nullable String secretKey;

  @Option(
      names = "--credentials",
      paramLabel = "FILE",
      description = "A file of name = value lines with both.")
  private @Nullable Path credentials;

  @Option(names = "--region", defaultValue = "us-east-1", description = "For signatures.")
  private String region = "us-east-1";

  @Option(names = "--bucket", defaultValue = "bench", description = "Made if absent.")
  private String bucket = "bench";

  @Option(names = "--workload", defaultValue = "put", description = USAGE_LIST)
  private String workload = "put";

  @Option(
      names = "--size",
      defaultValue = "4KiB",
      description = "Of objects: 4KiB, or 4KiB:70,1MiB:30.")
  private String size = "4KiB";

  @Option(
      names = "--concurrency",
      defaultValue = "16",
      description = "Clients: operations at once.")
  private int concurrency = 16;

  @Option(names = "--threads", defaultValue = "1", description = "Event loops of this program.")
  private int threads = 1;

  @Option(
      names = "--duration",
      defaultValue = "20",
      paramLabel = "SECONDS",
      description = "Of the measurement.")
  private int duration = 20;

  @Option(
      names = "--warmup",
      defaultValue = "3",
      paramLabel = "SECONDS",
      description = "Before it.")
  private int warmup = 3;

  @Option(
      names = "--count",
      defaultValue = "0",
      description = "Operations to measure, instead of a duration.")
  private long count;

  @Option(
      names = "--rate",
      defaultValue = "0",
      description = "Operations started a second (open loop).")
  private double rate;

  @Option(
      names = "--objects",
      defaultValue = "1000",
      description = "That exist for get, list and delete.")
  private long objects = 1000;

  @Option(names = "--no-prepare", description = "They are there from an earlier run.")
  private boolean noPrepare;

  @Option(names = "--overwrite", description = "Puts go to those objects.")
  private boolean overwrite;

  @Option(
      names = "--prefixes",
      defaultValue = "1",
      description = "Folders that keys are spread over.")
  private int prefixes = 1;

  @Option(names = "--verify", description = "Compare every byte that is read.")
  private boolean verify;

  @Option(names = "--sign-payload", description = "Sign bodies by SHA-256, computed ahead.")
  private boolean signPayload;

  @Option(names = "--part-size", defaultValue = "8MiB", description = "Of multipart uploads.")
  private String partSize = "8MiB";

  @Option(
      names = "--pids",
      split = ",",
      paramLabel = "PID",
      description = "Servers whose CPU and memory to read.")
  private List<Long> pids = List.of();

  @Option(names = "--json", paramLabel = "FILE", description = "Write the result there too.")
  private @Nullable Path json;

  @Option(
      names = "--compare",
      arity = "2",
      paramLabel = "FILE",
      description = "Show two results side by side; measure nothing.")
  private List<Path> compare = List.of();

  @Override
  public Integer call() {
    CommandSpec command = Objects.requireNonNull(spec, "picocli sets it");
    PrintWriter out = command.commandLine().getOut();
    PrintWriter err = command.commandLine().getErr();
    try {
      if (!compare.isEmpty()) {
        out.print(ResultComparison.of(read(compare.get(0)), read(compare.get(1))));
      } else {
        BenchResult result = BenchRun.run(plan(), err);
        out.print(ResultTable.of(result));
        out.flush();
        if (json != null) {
          write(json, result);
        }
      }
      out.flush();
      return 0;
    } catch (BenchException e) {
      err.println("rondo bench: " + e.getMessage());
      err.flush();
      return 1;
    }
  }

  private BenchPlan plan() {
    String run = Long.toString(ThreadLocalRandom.current().nextLong(1L << 40), 36);
    var sizes = SizeDistribution.parse(size);
    var target = new BenchPlan.Target(endpoints, credentials(), region, bucket);
    var data =
        new BenchPlan.Data(
            sizes,
            new KeyLayout("stored-" + sizes.text().replaceAll("[^A-Za-z0-9]", "-") + "/", prefixes),
            new KeyLayout("new-" + run + "/", prefixes),
            atLeastOne(objects, "--objects"));
    var load =
        new BenchPlan.Load(
            atLeastOne(concurrency, "--concurrency"),
            atLeastOne(threads, "--threads"),
            Duration.ofSeconds(warmup),
            Duration.ofSeconds(duration),
            count,
            rate);
    var requests =
        new BenchPlan.Requests(
            !noPrepare, overwrite, verify, signPayload, ByteSizes.parse(partSize));
    return new BenchPlan(BenchWorkload.parse(workload), target, data, load, requests, pids);
  }

  private static <N extends Number> N atLeastOne(N value, String option) {
    if (value.longValue() < 1) {
      throw new IllegalArgumentException(option + " must be at least 1");
    }
    return value;
  }

  private BenchCredentials credentials() {
    if (accessKey != null && secretKey != null) {
      return new BenchCredentials(accessKey, secretKey);
    }
    if (credentials != null) {
      return BenchCredentials.read(credentials);
    }
    throw new BenchException("give --credentials FILE, or --access-key and --secret-key");
  }

  private static void write(Path file, BenchResult result) {
    try {
      mapper().writeValue(file, result);
    } catch (JacksonException e) {
      throw new BenchException("can't write " + file + ": " + e.getOriginalMessage());
    }
  }

  private static BenchResult read(Path file) {
    try {
      return mapper().readValue(file, BenchResult.class);
    } catch (JacksonException e) {
      throw new BenchException("can't read " + file + ": " + e.getOriginalMessage());
    }
  }

  private static ObjectMapper mapper() {
    return JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();
  }
}
