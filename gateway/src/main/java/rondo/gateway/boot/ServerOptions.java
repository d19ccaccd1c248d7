package rondo.gateway.boot;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import rondo.gateway.boot.Configuration.Durability;
import rondo.gateway.boot.Configuration.MetadataEngine;
import rondo.gateway.boot.Configuration.Profile;
import rondo.gateway.boot.Configuration.Role;
import rondo.gateway.s3.lifecycle.Days;

/** A node's settings: the one table that also prints the help. Filled by picocli. */
final class ServerOptions {
  @Option(
      names = "--data",
      paramLabel = "DIR",
      split = ",",
      defaultValue = "./rondo-data",
      description = "Data folders, one per disk. Default: ${DEFAULT-VALUE}")
  List<Path> data = new ArrayList<>();

  @Option(
      names = "--s3-listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:9000",
      description = "Where S3 answers. Default: ${DEFAULT-VALUE}")
  HostPort s3Listen = new HostPort("", 0);

  @Option(
      names = "--admin-listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:9001",
      description = "Where health, metrics and administration answer. Default: ${DEFAULT-VALUE}")
  HostPort adminListen = new HostPort("", 0);

  @Option(
      names = "--node-listen",
      paramLabel = "HOST:PORT",
      defaultValue = "127.0.0.1:9002",
      description = "Where other nodes connect, with mutual TLS. Default: ${DEFAULT-VALUE}")
  HostPort nodeListen = new HostPort("", 0);

  @Option(
      names = "--advertise",
      paramLabel = "HOST:PORT",
      description = "How other nodes reach --node-listen, where that differs.")
  @Nullable HostPort advertise;

  @Option(
      names = "--join",
      paramLabel = "HOST:PORT",
      split = ",",
      description = "Node ports of a cluster to join; any one that answers will do.")
  List<HostPort> join = new ArrayList<>();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "The join token: 'join-token' in the first node's first data folder.")
  @Nullable Path tokenFile;

  @Option(
      names = "--expect",
      paramLabel = "N",
      defaultValue = "0",
      description =
          "With --join: N nodes whose folders are all empty form a cluster when they have met."
              + " Default: none, join one that exists.")
  int expect;

  @Option(
      names = "--zone",
      paramLabel = "NAME",
      defaultValue = "default",
      description =
          "What may fail together; replicas go to distinct zones. Default: ${DEFAULT-VALUE}")
  String zone = "";

  @Option(
      names = "--capacity",
      paramLabel = "SIZE",
      description = "How much this node is willing to hold, such as 2TB. Default: its disks' size.")
  @Nullable String capacity;

  @Option(
      names = "--copy-rate",
      paramLabel = "SIZE",
      defaultValue = "128MiB",
      description =
          "How much this node takes over per second when the layout changes; 0: as fast as it goes."
              + " Default: ${DEFAULT-VALUE}")
  String copyRate = "";

  @Option(
      names = "--roles",
      paramLabel = "ROLE",
      split = ",",
      defaultValue = "gateway,storage",
      description = "gateway, storage or both. Default: ${DEFAULT-VALUE}")
  List<Role> roles = new ArrayList<>();

  @Option(
      names = "--replicas",
      paramLabel = "N",
      defaultValue = "0",
      description = "Copies of everything. Default: 3, or the number of nodes if that is smaller.")
  int replicas;

  @Option(
      names = "--read-quorum",
      paramLabel = "R",
      defaultValue = "0",
      description = "Copies that a read asks. Default: a majority of N.")
  int readQuorum;

  @Option(
      names = "--write-quorum",
      paramLabel = "W",
      defaultValue = "0",
      description = "Copies that a write waits for; R + W > N. Default: a majority of N.")
  int writeQuorum;

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
   * Checks what can be checked without touching the disk.
   *
   * @throws IllegalArgumentException saying which setting to mend
   */
  Configuration configuration(Map<String, String> environment) {
    check(data.isEmpty(), "--data needs at least one folder");
    check(roles.isEmpty(), "--roles needs at least one role");
    check(!join.isEmpty() && tokenFile == null, "--join needs --token-file");
    check((tlsCert == null) != (tlsKey == null), "--tls-cert and --tls-key go together");
    check(
        replicas < 0 || readQuorum < 0 || writeQuorum < 0,
        "--replicas, --read-quorum and --write-quorum are positive");
    check(
        replicas > 0 && (readQuorum > replicas || writeQuorum > replicas),
        "a quorum can't be larger than --replicas");
    check(
        readQuorum > 0 && writeQuorum > 0 && replicas > 0 && readQuorum + writeQuorum <= replicas,
        "R + W must be larger than N, or a read may miss what was written");
    check(
        (keys.vault == null) != (keys.vaultTokenFile == null),
        "--vault and --vault-token-file go together");
    String access = environment.get("RONDO_ROOT_ACCESS_KEY");
    String secret = environment.get("RONDO_ROOT_SECRET_KEY");
    check(
        (access == null) != (secret == null),
        "RONDO_ROOT_ACCESS_KEY and RONDO_ROOT_SECRET_KEY go together");
    return new Configuration(
        List.copyOf(data),
        s3Listen,
        adminListen,
        nodeListen,
        advertise,
        List.copyOf(join),
        tokenFile,
        expect,
        zone,
        capacity == null ? 0 : Sizes.parse(capacity),
        Sizes.parse(copyRate),
        EnumSet.copyOf(roles),
        replicas,
        readQuorum,
        writeQuorum,
        region,
        List.copyOf(domain),
        List.copyOf(websiteDomain),
        durability,
        engine,
        tlsCert,
        tlsKey,
        profile,
        access,
        secret,
        compatUsers,
        Days.of(Durations.parse(lifecycleDay)),
        shardRows,
        KeySources.of(keys),
        disks.settings(),
        Durations.parse(disks.rebuildWait));
  }

  private static void check(boolean wrong, String message) {
    if (wrong) {
      throw new IllegalArgumentException(message);
    }
  }
}
