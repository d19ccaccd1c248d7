package rondo.gateway.boot;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.gateway.admin.AdminServer;
import rondo.gateway.admin.UserApi;
import rondo.gateway.auth.AuthSettings;
import rondo.gateway.auth.Authenticator;
import rondo.gateway.auth.Identity;
import rondo.gateway.blob.ChunkNodes;
import rondo.gateway.blob.ChunkServer;
import rondo.gateway.blob.LocalChunks;
import rondo.gateway.blob.RingBlobs;
import rondo.gateway.boot.Configuration.Durability;
import rondo.gateway.boot.Configuration.Profile;
import rondo.gateway.boot.Configuration.Role;
import rondo.gateway.http.GatewaySettings;
import rondo.gateway.http.S3Gateway;
import rondo.gateway.identity.FixedIdentities;
import rondo.gateway.identity.Identities;
import rondo.gateway.identity.IdentityAdmin;
import rondo.gateway.identity.Registers;
import rondo.gateway.peer.PeerCounters;
import rondo.gateway.peer.PeerDialer;
import rondo.gateway.peer.PeerNetwork;
import rondo.gateway.peer.PeerServer;
import rondo.metadata.engine.EngineOptions;
import rondo.metadata.engine.LogEngine;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.membership.Membership;
import rondo.ring.placement.Node;
import rondo.ring.version.HybridClock;
import rondo.storage.disk.DataFolder;
import rondo.storage.extent.ExtentSettings;
import rondo.storage.extent.ExtentStore;
import rondo.storage.node.Ceiling;
import rondo.storage.node.NodeReplica;

/** One node, wired. The same for one and for a thousand. Started once, closed once. */
public final class NodeProcess implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeProcess.class);
  private static final Duration DRAIN = Duration.ofSeconds(20);

  private final Configuration configuration;
  private final List<AutoCloseable> closers = new ArrayList<>();
  private final Vertx vertx;
  private final NodeFolders folders;
  private final NodeStatus status;
  private final int s3Port;
  private final int adminPort;
  private final int nodePort;

  /**
   * Starts a node; returns when its ports answer.
   *
   * @throws StartException or {@link rondo.storage.disk.DiskException} or {@link
   *     rondo.metadata.engine.EngineException}, in one line, when it can't; nothing is left running
   */
  public static NodeProcess start(Configuration configuration) {
    return new NodeProcess(configuration);
  }

  private NodeProcess(Configuration configuration) {
    this.configuration = configuration;
    this.vertx = Vertx.vertx(new VertxOptions().setPreferNativeTransport(true));
    closers.add(() -> await(vertx.close()));
    boolean started = false;
    try {
      this.folders = opened(NodeFolders.open(configuration));
      var engine = opened(LogEngine.open(folders.first().metadata(), engineOptions()));
      var extents = opened(openExtents());
      var clock = clock();
      var view = new LayoutView(configuration.join());
      var counters = new PeerCounters();
      var dialer = new PeerDialer(vertx, folders.peer(), view);
      var network =
          opened(
              new PeerNetwork(
                  vertx,
                  folders.peer().self(),
                  dialer,
                  view,
                  view,
                  Ports.TASKS,
                  Ports.TIME,
                  counters));
      var local = new LocalChunks(extents);
      var chunks = opened(new ChunkNodes(folders.peer().self(), local, dialer, Ports.TIME));
      var server =
          new PeerServer(
              vertx, folders.peer(), view, new ChunkServer(local), Ports.TASKS, counters);
      HostPort node = configuration.nodeListen();
      this.nodePort = await(server.listen(node.host(), node.port()), "--node-listen", node);
      var membership =
          new Membership(
              ownNode(),
              new NodeReplica(engine, view),
              rondo.ring.membership.Chunks.NONE,
              new StoredLayout(folders.first().value("layout")),
              clock,
              network,
              Ports.TASKS,
              Ports.TIME,
              Ports.CHANCE);
      view.set(membership);
      var joining = opened(joining(membership, network));
      membership.start();
      closers.add(membership::stop);
      joining.start();

      var coordinator =
          new Coordinator(
              folders.peer().self(),
              clock,
              membership.placements(),
              network,
              Ports.TASKS,
              Ports.TIME,
              Ports.CHANCE);
      var blobs = opened(new RingBlobs(chunks, membership.placements(), Ports.CHANCE));
      var registers = Registers.of(coordinator, Ports.TIME);
      var root = Identities.root(folders.root().accessKey(), folders.root().secret());
      var identities = new Identities(fixed(root), registers, Ports.TIME);
      this.status =
          new NodeStatus(folders.peer(), membership, engine, extents, counters, configuration);
      this.s3Port =
          configuration.roles().contains(Role.GATEWAY)
              ? startGateway(
                  new S3Gateway(
                      vertx, gatewaySettings(root), identities, coordinator, Ports.TIME, blobs))
              : 0;
      var admin =
          new AdminServer(
              vertx,
              new Authenticator(new AuthSettings(configuration.region(), false), identities),
              root.accountId(),
              status,
              new UserApi(new IdentityAdmin(identities, registers, Ports.TASKS, Ports.TIME)),
              Ports.TASKS);
      HostPort port = configuration.adminListen();
      this.adminPort = await(admin.listen(port.host(), port.port()), "--admin-listen", port);
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  private Joining joining(Membership membership, PeerNetwork network) {
    return new Joining(
        configuration,
        folders.peer().self(),
        folders.peer().cluster(),
        membership,
        network,
        Ports.TASKS,
        Ports.TIME);
  }

  private EngineOptions engineOptions() {
    return EngineOptions.defaults(
        configuration.durability() == Durability.FSYNC
            ? rondo.metadata.engine.Durability.FSYNC
            : rondo.metadata.engine.Durability.NONE);
  }

  private ExtentStore openExtents() {
    var settings =
        new ExtentSettings(
            ExtentSettings.DEFAULT.extentBytes(),
            ExtentSettings.DEFAULT.reserveBytes(),
            configuration.durability() == Durability.FSYNC);
    return ExtentStore.open(
        folders.folders().stream().map(DataFolder::extents).toList(),
        settings,
        Ports.TIME,
        Ports.CHANCE);
  }

  private HybridClock clock() {
    var ceiling = new Ceiling(folders.first().value("clock"));
    return new HybridClock(Ports.TIME, ceiling.floor(), ceiling);
  }

  private Node ownNode() {
    HostPort advertised = configuration.advertise();
    HostPort address =
        advertised != null ? advertised : configuration.nodeListen().withPort(nodePort);
    long capacity = configuration.capacityBytes() > 0 ? configuration.capacityBytes() : diskBytes();
    return new Node(
        folders.peer().self(),
        configuration.zone(),
        configuration.roles().contains(Role.STORAGE) ? capacity : 0,
        address.toString(),
        configuration.s3Listen().toString());
  }

  private long diskBytes() {
    long total = 0;
    for (DataFolder folder : folders.folders()) {
      try {
        total += Files.getFileStore(folder.path()).getTotalSpace();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return total;
  }

  private List<Identity> fixed(Identity root) {
    var identities = new ArrayList<>(List.of(root));
    if (configuration.users() != null) {
      try {
        identities.addAll(FixedIdentities.read(configuration.users()));
      } catch (IOException e) {
        throw new StartException("can't read " + configuration.users() + ": " + e.getMessage(), e);
      }
    }
    return identities;
  }

  private GatewaySettings gatewaySettings(Identity root) {
    return new GatewaySettings(
        configuration.s3Listen().host(),
        configuration.s3Listen().port(),
        folders.peer().self().toString(),
        configuration.region(),
        configuration.domains(),
        configuration.tlsCert(),
        configuration.tlsKey(),
        configuration.profile() == Profile.COMPAT,
        root.accountId(),
        GatewaySettings.MOST_REQUESTS,
        GatewaySettings.STALL);
  }

  private int startGateway(S3Gateway gateway) {
    try {
      gateway.start();
    } catch (IllegalStateException e) {
      throw new StartException(inUse("--s3-listen", configuration.s3Listen(), e), e);
    }
    closers.add(() -> gateway.close(DRAIN));
    return gateway.port();
  }

  public int s3Port() {
    return s3Port;
  }

  public int adminPort() {
    return adminPort;
  }

  public int nodePort() {
    return nodePort;
  }

  public RootCredentials root() {
    return folders.root();
  }

  /** Why it can't serve now; empty when it can. */
  public String trouble() {
    return status.trouble();
  }

  private <T extends AutoCloseable> T opened(T part) {
    closers.add(part);
    return part;
  }

  /** Takes no further requests, lets those in work finish, and closes what was opened. */
  @Override
  public void close() {
    for (AutoCloseable closer : closers.reversed()) {
      try {
        closer.close();
      } catch (Exception e) {
        LOG.warn("closing {}", closer, e);
      }
    }
    closers.clear();
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  private static <T> T await(Future<T> future, String flag, HostPort where) {
    try {
      return await(future);
    } catch (CompletionException e) {
      throw new StartException(inUse(flag, where, e), e);
    }
  }

  private static String inUse(String flag, HostPort where, Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return "can't listen on %s (%s): choose another with %s"
        .formatted(where, cause.getMessage(), flag);
  }
}
