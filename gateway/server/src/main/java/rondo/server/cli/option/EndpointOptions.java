package rondo.server.cli.option;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import rondo.s3.proxy.TrustedProxies;
import rondo.server.config.AdminSettings;
import rondo.server.config.ConsoleSettings;
import rondo.server.config.HostPort;
import rondo.server.config.NodeEndpoints;

/** Where a node listens: a part of the table of settings. */
final class EndpointOptions {
  private static final HostPort S3 = new HostPort("127.0.0.1", 9000);
  private static final HostPort CONSOLE = new HostPort("127.0.0.1", 9004);

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
      description =
          "Where health, metrics and administration answer: over TLS, or on this machine alone."
              + " Default: ${DEFAULT-VALUE}")
  HostPort adminListen = new HostPort("", 0);

  @Option(
      names = "--admin-tls-cert",
      paramLabel = "FILE",
      description =
          "Certificate chain (PEM) for administration over HTTPS. Default: S3's where others reach"
              + " --admin-listen, and plain HTTP where they don't.")
  @Nullable Path adminTlsCert;

  @Option(names = "--admin-tls-key", paramLabel = "FILE", description = "Its private key (PEM).")
  @Nullable Path adminTlsKey;

  @Option(
      names = "--health-listen",
      paramLabel = "HOST:PORT",
      description =
          "Where health and metrics alone answer too, over plain HTTP, to probes and Prometheus.")
  @Nullable HostPort healthListen;

  @Option(
      names = "--console-listen",
      paramLabel = "HOST:PORT",
      description =
          "Where browsers find the console: over TLS by S3's certificate, or on this machine alone."
              + " none: nowhere. Default: 127.0.0.1:9004 for a node that joins no other and has S3"
              + " at its default; none for others.")
  @Nullable String consoleListen;

  @Option(
      names = "--console-status",
      description = "The console shows anyone, without a key, whether all is well.")
  boolean consoleStatus;

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
   * @param s3Cert S3's certificate; null for none
   * @param s3Key its key
   * @param alone whether the node joins no other
   * @throws IllegalArgumentException naming the setting to correct
   */
  NodeEndpoints settings(@Nullable Path s3Cert, @Nullable Path s3Key, boolean alone) {
    ServerOptions.check(
        (adminTlsCert == null) != (adminTlsKey == null),
        "--admin-tls-cert and --admin-tls-key go together");
    boolean own = adminTlsCert != null || adminListen.isLoopback();
    var admin =
        new AdminSettings(
            adminListen, healthListen, own ? adminTlsCert : s3Cert, own ? adminTlsKey : s3Key);
    ConsoleSettings console = console(s3Cert, s3Key, alone && s3Listen.equals(S3));
    return new NodeEndpoints(s3Listen, admin, console, nodeListen, advertise, proxies());
  }

  private @Nullable ConsoleSettings console(
      @Nullable Path cert, @Nullable Path key, boolean byDefault) {
    String wanted = consoleListen;
    if (ConsoleSettings.NONE.equals(wanted) || (wanted == null && !byDefault)) {
      ServerOptions.check(consoleStatus, "--console-status needs --console-listen");
      return null;
    }
    HostPort listen;
    try {
      listen = wanted == null ? CONSOLE : HostPort.parse(wanted);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--console-listen: " + e.getMessage(), e);
    }
    return new ConsoleSettings(listen, cert, key, consoleStatus);
  }

  private TrustedProxies proxies() {
    try {
      return TrustedProxies.parse(trustedProxies);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("--trusted-proxies: " + e.getMessage(), e);
    }
  }
}
