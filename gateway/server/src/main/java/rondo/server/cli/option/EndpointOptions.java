package rondo.server.cli.option;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import rondo.s3.proxy.TrustedProxies;
import rondo.server.config.HostPort;
import rondo.server.config.NodeEndpoints;

/** Where a node listens: a part of the table of settings. */
final class EndpointOptions {
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
      names = "--trusted-proxies",
      paramLabel = "CIDR",
      split = ",",
      description =
          "Addresses of proxies in front of S3, such as 10.0.0.0/8, that are believed about their"
              + " clients: X-Forwarded-For and -Proto, or Forwarded. Default: none.")
  List<String> trustedProxies = new ArrayList<>();

  /**
   * @throws IllegalArgumentException naming the setting to correct
   */
  NodeEndpoints settings() {
    return new NodeEndpoints(s3Listen, adminListen, nodeListen, advertise, proxies());
  }

  private TrustedProxies proxies() {
    try {
      return TrustedProxies.parse(trustedProxies);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--trusted-proxies: " + e.getMessage(), e);
    }
  }
}
