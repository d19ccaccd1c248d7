package rondo.server.boot;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.transport.Transport;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import rondo.ring.port.Time;
import rondo.s3.admission.AdmissionSettings;
import rondo.s3.admission.BoundedTransport;
import rondo.s3.admission.ClientLimits;
import rondo.s3.admission.OpenConnections;
import rondo.server.process.ClosingStack;
import rondo.server.process.LoopHeartbeats;
import rondo.server.process.PortBinding;

/**
 * A node's three kinds of traffic. Each has acceptors, event loops and limits of its own, so that
 * S3's clients can't keep other nodes or an operator from the node. Thread-safe.
 *
 * @param nodes between nodes
 * @param s3 of S3's clients
 * @param admin of the admin port
 */
record NodeTraffic(
    Vertx nodes,
    Vertx s3,
    Vertx admin,
    ClientLimits clients,
    OpenConnections operators,
    LoopHeartbeats heartbeats) {
  static NodeTraffic open(Time time, ClosingStack closings) {
    ClientLimits clients = ClientLimits.of(AdmissionSettings.derived());
    OpenConnections operators = ClientLimits.of(AdmissionSettings.ofAdmin()).connections();
    Vertx nodes = vertx(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE, null, closings);
    Vertx s3 = vertx(VertxOptions.DEFAULT_EVENT_LOOP_POOL_SIZE, clients.connections(), closings);
    Vertx admin = vertx(1, operators, closings);
    var heartbeats = new LoopHeartbeats(time);
    heartbeats.watch("nodes", nodes);
    heartbeats.watch("s3", s3);
    heartbeats.watch("admin", admin);
    return new NodeTraffic(nodes, s3, admin, clients, operators, heartbeats);
  }

  private static Vertx vertx(
      int loops, @Nullable OpenConnections connections, ClosingStack closings) {
    var files =
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
    Transport found = Transport.nativeTransport();
    Transport wanted = found != null && found.available() ? found : Transport.NIO;
    Vertx vertx =
        Vertx.builder()
            .with(new VertxOptions().setEventLoopPoolSize(loops).setFileSystemOptions(files))
            .withTransport(new Named(wanted, connections))
            .build();
    closings.add(() -> PortBinding.stop(vertx.close()));
    return vertx;
  }

  /** A transport whose connections are bounded. */
  private record Named(Transport transport, @Nullable OpenConnections connections)
      implements Transport {
    @Override
    public String name() {
      return transport.name();
    }

    @Override
    public boolean available() {
      return transport.available();
    }

    @Override
    public @Nullable Throwable unavailabilityCause() {
      return transport.unavailabilityCause();
    }

    @Override
    public io.vertx.core.spi.transport.Transport implementation() {
      return new BoundedTransport(transport.implementation(), connections);
    }
  }

  /** Whether requests are refused or cut now, in words; empty when none are. */
  String shedding() {
    return clients.counters().isShedding() ? "shedding load" : "";
  }

  /** The present load, ready to become JSON. */
  Map<String, Object> view() {
    var view = new LinkedHashMap<String, Object>();
    view.put("shedding", clients.counters().isShedding());
    view.putAll(clients.gauges());
    return view;
  }
}
