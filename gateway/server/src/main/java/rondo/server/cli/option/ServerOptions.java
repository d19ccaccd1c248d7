package rondo.server.cli.option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import rondo.s3.lifecycle.DayLength;
import rondo.server.config.BucketLimits;
import rondo.server.config.Configuration;
import rondo.server.config.Configuration.Durability;
import rondo.server.config.Configuration.MetadataEngine;
import rondo.server.config.Configuration.Profile;
import rondo.server.config.Durations;
import rondo.server.config.S3Settings;
import rondo.server.config.SecretSettings;

/** A node's settings: the one table that also prints the help. Filled by picocli. */
public final class ServerOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      split = ",",
      defaultValue = "./rondo-data",
      description = "Data folders, one per disk. Default: ${DEFAULT-VALUE}")
  List<Path> data = new ArrayList<>();

  @Mixin EndpointOptions endpoints = new EndpointOptions();

  @Mixin JoinOptions joined = new JoinOptions();

  @Mixin MemberOptions member = new MemberOptions();

  @Mixin HealthOptions health = new HealthOptions();

  @Mixin MetricOptions metrics = new MetricOptions();

  @Mixin RecordOptions records = new RecordOptions();

  @Mixin QuorumOptions quorums = new QuorumOptions();

  @Option(
      names = "--region",
      paramLabel = "NAME",
      defaultValue = "us-east-1",
      description = "The region that signatures name. Default: ${DEFAULT-VALUE}")
  String region = "";

  @Option(
      names = "--domain",
      paramLabel = "NAME",
      split = ",",
      description = "Domains whose subdomains are buckets (virtual-hosted style).")
  List<String> domain = new ArrayList<>();

  @Option(
      names = "--website-domain",
      paramLabel = "NAME",
      split = ",",
      description = "Domains whose subdomains are buckets shown as websites.")
  List<String> websiteDomain = new ArrayList<>();

  @Option(
      names = "--durability",
      paramLabel = "LEVEL",
      defaultValue = "fsync",
      description =
          "fsync: acknowledged means on stable storage. none: a power cut may lose what was"
              + " acknowledged last. Default: ${DEFAULT-VALUE}")
  Durability durability = Durability.FSYNC;

  @Option(
      names = "--engine",
      paramLabel = "NAME",
      defaultValue = "log",
      description =
          "What keeps the metadata: log (Rondo's own) or rocksdb. Nodes of one cluster may differ;"
              + " a data folder stays with the one that made it. Default: ${DEFAULT-VALUE}")
  MetadataEngine engine = MetadataEngine.LOG;

  @Option(
      names = "--tls-cert",
      paramLabel = "FILE",
      description = "Certificate chain (PEM) for S3 over HTTPS.")
  @Nullable Path tlsCert;

  @Option(names = "--tls-key", paramLabel = "FILE", description = "Its private key (PEM).")
  @Nullable Path tlsKey;

  @Option(
      names = "--profile",
      paramLabel = "NAME",
      defaultValue = "aws",
      description =
          "aws: today's behaviour of Amazon S3. compat: what older tools and the s3-tests suite"
              + " expect. Default: ${DEFAULT-VALUE}")
  Profile profile = Profile.AWS;

  @Option(
      names = "--compat-users",
      paramLabel = "FILE",
      description = "With --profile compat: users with fixed keys.")
  @Nullable Path compatUsers;

  @Mixin KeyOptions keys = new KeyOptions();

  @Mixin DiskOptions disks = new DiskOptions();

  @Option(
      names = "--shard-rows",
      paramLabel = "NUMBER",
      defaultValue = "500000",
      description =
          "A shard of a bucket that has more objects and versions is split, as is one that is"
              + " written to very often; neighbours with less than a quarter of it become one; 0:"
              + " never. Default: ${DEFAULT-VALUE}")
  long shardRows;

  @Option(
      names = "--buckets-per-account",
      paramLabel = "NUMBER",
      defaultValue = "10000",
      description =
          "How many buckets an account may have; 0: any number. Default: ${DEFAULT-VALUE}")
  int bucketsPerAccount;

  @Option(
      names = "--uploads-per-bucket",
      paramLabel = "NUMBER",
      defaultValue = "100000",
      description =
          "How many multipart uploads a bucket may have open; 0: any number."
              + " Default: ${DEFAULT-VALUE}")
  int uploadsPerBucket;

  @Option(
      names = "--lifecycle-day",
      paramLabel = "TIME",
      defaultValue = "24h",
      description =
          "How long a day is for the work of lifecycle rules; a shorter one, such as 10s, is for"
              + " tests. Default: ${DEFAULT-VALUE}")
  String lifecycleDay = "";

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "A file of these settings, such as s3-listen=0.0.0.0:9000.")
  @Nullable Path config;

  /**
   * Reads the configuration that {@code rondo server} would have with these flags.
   *
   * @throws picocli.CommandLine.ParameterException for flags that the command would refuse
   * @throws IllegalArgumentException naming settings that don't go together
   */
  public static Configuration read(Map<String, String> environment, String... flags) {
    var options = new ServerOptions();
    OptionDefaults.commandLine(options, environment, flags).parseArgs(flags);
    return options.configuration(environment);
  }

  /** The environment variables that {@code rondo server} reads, by the table of its options. */
  public static Set<String> variables() {
    return new CommandLine(new ServerOptions())
        .getCommandSpec().options().stream()
            .map(option -> option.longestName())
            .filter(name -> name.startsWith("--"))
            .map(OptionDefaults::variable)
            .collect(Collectors.toSet());
  }

  /**
   * Makes the configuration, and checks as much as can be checked without touching the disk.
   *
   * @throws IllegalArgumentException naming the setting to correct
   */
  public Configuration configuration(Map<String, String> environment) {
    check(data.isEmpty(), "--data needs at least one folder");
    return new Configuration(
        disks.settings(List.copyOf(data), durability, engine),
        endpoints.settings(tlsCert, tlsKey, joined.isAlone()),
        quorums.settings(joined),
        member.settings(),
        health.settings(),
        s3(),
        secrets(environment),
        metrics.settings(records.settings()));
  }

  private S3Settings s3() {
    check((tlsCert == null) != (tlsKey == null), "--tls-cert and --tls-key go together");
    return new S3Settings(
        region,
        List.copyOf(domain),
        List.copyOf(websiteDomain),
        tlsCert,
        tlsKey,
        profile,
        DayLength.of(Durations.parse(lifecycleDay)),
        new BucketLimits(shardRows, bucketsPerAccount, uploadsPerBucket));
  }

  private SecretSettings secrets(Map<String, String> environment) {
    String access = environment.get("RONDO_ROOT_ACCESS_KEY");
    String secret = environment.get("RONDO_ROOT_SECRET_KEY");
    String olderAccess = environment.get("RONDO_ROOT_OLDER_ACCESS_KEY");
    String olderSecret = environment.get("RONDO_ROOT_OLDER_SECRET_KEY");
    check(
        (access == null) != (secret == null),
        "RONDO_ROOT_ACCESS_KEY and RONDO_ROOT_SECRET_KEY go together");
    check(
        (olderAccess == null) != (olderSecret == null) || (olderAccess != null && access == null),
        "RONDO_ROOT_OLDER_ACCESS_KEY goes together with RONDO_ROOT_OLDER_SECRET_KEY, and with"
            + " RONDO_ROOT_ACCESS_KEY");
    return new SecretSettings(
        access, secret, olderAccess, olderSecret, compatUsers, keys.settings());
  }

  static void check(boolean wrong, String message) {
    if (wrong) {
      throw new IllegalArgumentException(message);
    }
  }
}
