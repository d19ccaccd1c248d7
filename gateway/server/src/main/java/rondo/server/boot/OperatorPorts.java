package rondo.server.boot;

import static rondo.store.system.SystemPorts.TASKS;
import static rondo.store.system.SystemPorts.TIME;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.s3.auth.AccessKeyLookup;
import rondo.s3.auth.Authenticator;
import rondo.s3.http.S3Gateway;
import rondo.server.admin.AdminServer;
import rondo.server.admin.HealthServer;
import rondo.server.api.RouteTable;
import rondo.server.config.ConsoleSettings;
import rondo.server.config.HostPort;
import rondo.server.config.NodeEndpoints;
import rondo.server.config.StartException;
import rondo.server.console.AdminCalls;
import rondo.server.console.ConsoleNode;
import rondo.server.console.ConsoleServer;
import rondo.server.console.ShareLinks;
import rondo.server.health.HealthQuestion;
import rondo.server.health.HealthReport;
import rondo.server.process.PortBinding;

/** The ports for people who run the cluster: the admin API, health, and the console. */
record OperatorPorts(NodeSettings settings, NodeTraffic traffic, NodeStatus status) {
  /** A console that listens, and its port. */
  record Listening(ConsoleServer server, int port) {}

  /**
   * The admin API, which doesn't listen yet.
   *
   * @throws StartException when its certificate can't be read
   */
  AdminServer admin(Authenticator authenticator, RouteTable routes) {
    try {
      return new AdminServer(
          traffic.admin(),
          settings.configuration().endpoints().admin(),
          authenticator,
          routes,
          TASKS,
          traffic.operators());
    } catch (IllegalStateException e) {
      throw new StartException("--admin-tls-cert: " + e.getMessage(), e);
    }
  }

  /** Serves health and metrics alone, where the settings want that; what closes it goes last. */
  void health(List<Runnable> closings) {
    HostPort wanted = settings.configuration().endpoints().admin().health();
    if (wanted != null) {
      var server = new HealthServer(traffic.admin(), status, TASKS);
      PortBinding.await(server.listen(wanted.host(), wanted.port()), wanted, "--health-listen");
      closings.add(() -> PortBinding.stop(server.close()));
    }
  }

  /**
   * Serves the console.
   *
   * @param gateway S3 on this node, which listens already; null where it doesn't serve S3
   * @return null where the settings want none
   * @throws StartException in one line
   */
  @Nullable Listening console(@Nullable S3Gateway gateway, AccessKeyLookup keys, AdminCalls admin) {
    NodeEndpoints endpoints = settings.configuration().endpoints();
    ConsoleSettings wanted = endpoints.console();
    if (wanted == null) {
      return null;
    }
    if (gateway == null) {
      throw new StartException("--console-listen needs a node that serves S3: --role gateway");
    }
    var parts =
        new ConsoleServer.ConsoleParts(
            traffic.s3(),
            traffic.clients().connections(),
            endpoints.proxies(),
            gateway,
            keys,
            TASKS,
            TIME);
    String region = settings.configuration().s3().region();
    var links = new ShareLinks(region, wanted.certificate() != null, gateway.port());
    Supplier<Map<String, Object>> shown = wanted.publicStatus() ? this::publicStatus : null;
    String name = status.membership().own().label();
    ConsoleServer server = server(wanted, parts);
    HostPort at =
        PortBinding.await(
            server.listen(new ConsoleNode(name, region, admin, links, shown)),
            wanted.listen(),
            "--console-listen");
    return new Listening(server, at.port());
  }

  private static ConsoleServer server(ConsoleSettings wanted, ConsoleServer.ConsoleParts parts) {
    try {
      return new ConsoleServer(wanted, parts);
    } catch (IllegalStateException e) {
      throw new StartException("--tls-cert and --tls-key: " + e.getMessage(), e);
    }
  }

  /** The answers to the questions about health, without the reasons, which name nodes. */
  private Map<String, Object> publicStatus() {
    HealthReport report = status.health();
    var shown = new LinkedHashMap<String, Object>();
    for (HealthQuestion question : HealthQuestion.values()) {
      shown.put(question.key(), report.isGood(question));
    }
    return shown;
  }
}
