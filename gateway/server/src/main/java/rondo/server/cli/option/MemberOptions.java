package rondo.server.cli.option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import rondo.ring.placement.Life;
import rondo.ring.value.Bytes;
import rondo.server.config.ByteSizes;
import rondo.server.config.Configuration.Role;
import rondo.server.config.Durations;
import rondo.server.config.MemberSettings;

/** The node as a member of its cluster: a part of the table of settings. */
final class MemberOptions {
  @Option(
      names = "--node",
      paramLabel = "NAME",
      description =
          "This node's name, which no other node of the cluster has. Default: the one before, or at"
              + " first the host's; with the port where --node-listen is on loopback.")
  @Nullable String node;

  @Option(
      names = "--zone",
      paramLabel = "NAME",
      defaultValue = "default",
      description =
          "What may fail together; replicas go to distinct zones. Default: ${DEFAULT-VALUE}")
  String zone = "";

  @Option(
      names = "--zone-file",
      paramLabel = "FILE",
      description = "A file whose first line is the zone, in place of --zone.")
  @Nullable Path zoneFile;

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
      names = "--stop-wait",
      paramLabel = "TIME",
      defaultValue = "20s",
      description =
          "How long requests in work may go on after SIGTERM or 'rondo stop', before they are cut."
              + " Default: ${DEFAULT-VALUE}")
  String stopWait = "";

  /**
   * @throws IllegalArgumentException naming the setting to correct
   */
  MemberSettings settings() {
    ServerOptions.check(roles.isEmpty(), "--roles needs at least one role");
    return new MemberSettings(
        node == null ? null : Life.of(node, Bytes.EMPTY).name(),
        zoneFile == null ? zone : read(zoneFile),
        capacity == null ? 0 : ByteSizes.parse(capacity),
        ByteSizes.parse(copyRate),
        EnumSet.copyOf(roles),
        Durations.parse(stopWait));
  }

  private static String read(Path file) {
    try {
      String text = Files.readString(file).strip();
      ServerOptions.check(
          text.isEmpty() || text.contains("\n"),
          "--zone-file " + file + " has no zone in one line");
      return text;
    } catch (IOException e) {
      throw new IllegalArgumentException("--zone-file: can't read " + file, e);
    }
  }
}
