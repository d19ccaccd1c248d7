package rondo.gateway.boot;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import rondo.gateway.s3.lifecycle.Days;
import rondo.storage.extent.UpkeepSettings;

/**
 * All that a node is told when it starts. Read once; see {@link ServerOptions} for what each means.
 *
 * @param data at least one
 * @param advertise where other nodes reach this one's node port
 * @param tokenFile needed with {@code join}
 * @param capacityBytes 0: as large as the disks are
 * @param copyBytesPerSecond 0: as fast as it goes
 * @param expect how many nodes with empty folders must meet before they form a cluster; 0 or 1:
 *     none
 * @param replicas 0: 3, or the number of nodes if that is smaller
 * @param readQuorum 0: a majority of the replicas
 * @param writeQuorum 0: a majority of the replicas
 * @param rootAccessKey null: generated, or the cluster's
 * @param users a file of fixed users; null for none
 * @param shardRows how many rows a shard of a bucket may have; 0: any number
 * @param lifecycleDay how long a day is for the work of lifecycle rules
 * @param keys of server-side encryption
 * @param upkeep of the disks
 * @param rebuildWait longer than any operation on a row
 */
public record Configuration(
    List<Path> data,
    HostPort s3Listen,
    HostPort adminListen,
    HostPort nodeListen,
    @Nullable HostPort advertise,
    List<HostPort> join,
    @Nullable Path tokenFile,
    int expect,
    String zone,
    long capacityBytes,
    long copyBytesPerSecond,
    Set<Role> roles,
    int replicas,
    int readQuorum,
    int writeQuorum,
    String region,
    List<String> domains,
    List<String> websiteDomains,
    Durability durability,
    MetadataEngine engine,
    @Nullable Path tlsCert,
    @Nullable Path tlsKey,
    Profile profile,
    @Nullable String rootAccessKey,
    @Nullable String rootSecretKey,
    @Nullable Path users,
    Days lifecycleDay,
    long shardRows,
    KeySources keys,
    UpkeepSettings upkeep,
    Duration rebuildWait) {

  /** What a node does. */
  public enum Role {
    GATEWAY,
    STORAGE
  }

  /** When a write counts as done. */
  public enum Durability {
    /** When fdatasync has returned. */
    FSYNC,
    /** When the operating system has it: a power cut may lose it. */
    NONE
  }

  /** What keeps a node's metadata. */
  public enum MetadataEngine {
    /** Rondo's own. */
    LOG,
    /** RocksDB. */
    ROCKSDB
  }

  /** Whose behaviour the S3 API follows. */
  public enum Profile {
    /** Amazon's, as it is today. */
    AWS,
    /** What older tools and the s3-tests suite expect. */
    COMPAT
  }

  /**
   * What {@code rondo server} with these flags would use.
   *
   * @throws picocli.CommandLine.ParameterException for flags that it would refuse
   * @throws IllegalArgumentException saying which settings don't go together
   */
  public static Configuration of(Map<String, String> environment, String... flags) {
    var arguments = new ArrayList<>(List.of("server"));
    arguments.addAll(List.of(flags));
    String[] all = arguments.toArray(String[]::new);
    CommandLine line = Main.commandLine(environment, all);
    line.parseArgs(all);
    ServerCommand server = Objects.requireNonNull(line.getSubcommands().get("server")).getCommand();
    return server.options.configuration(environment);
  }

  /** The environment variables that {@code rondo server} reads, by the table of its options. */
  public static Set<String> variables() {
    var server = Objects.requireNonNull(Main.commandLine(Map.of()).getSubcommands().get("server"));
    return server.getCommandSpec().options().stream()
        .map(option -> option.longestName())
        .filter(name -> name.startsWith("--"))
        .map(Settings::variable)
        .collect(Collectors.toSet());
  }

  public Path firstFolder() {
    return data.getFirst();
  }
}
