package rondo.gateway.boot;

import static rondo.gateway.boot.Ports.CHANCE;
import static rondo.gateway.boot.Ports.TASKS;
import static rondo.gateway.boot.Ports.TIME;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.time.Duration;
import rondo.gateway.admin.AdminServer;
import rondo.gateway.admin.BucketApi;
import rondo.gateway.admin.Explain;
import rondo.gateway.admin.LayoutApi;
import rondo.gateway.admin.UserApi;
import rondo.gateway.auth.AuthSettings;
import rondo.gateway.auth.Authenticator;
import rondo.gateway.auth.Identity;
import rondo.gateway.blob.ChunkNodes;
import rondo.gateway.blob.ChunkServer;
import rondo.gateway.blob.LocalChunks;
import rondo.gateway.blob.MovedChunks;
import rondo.gateway.blob.RingBlobs;
import rondo.gateway.http.S3Gateway;
import rondo.gateway.identity.Identities;
import rondo.gateway.identity.IdentityAdmin;
import rondo.gateway.identity.Registers;
import rondo.gateway.identity.UserPolicies;
import rondo.gateway.lifecycle.Counters;
import rondo.gateway.lifecycle.LifecycleSettings;
import rondo.gateway.lifecycle.LifecycleWorker;
import rondo.gateway.lifecycle.Preview;
import rondo.gateway.lifecycle.Turns;
import rondo.gateway.peer.Peer;
import rondo.gateway.peer.PeerCounters;
import rondo.gateway.peer.PeerDialer;
import rondo.gateway.peer.PeerNetwork;
import rondo.gateway.peer.PeerServer;
import rondo.gateway.s3.access.Access;
import rondo.gateway.shard.CopiesWorker;
import rondo.gateway.shard.Moving;
import rondo.gateway.shard.ShardCounters;
import rondo.gateway.shard.ShardSettings;
import rondo.gateway.shard.ShardWorker;
import rondo.gateway.shard.Sizes;
import rondo.gateway.store.BucketLeases;
import rondo.gateway.store.Store;
import rondo.metadata.table.VersionRows;
import rondo.ring.coordinate.Coordinator;
import rondo.ring.membership.Membership;
import rondo.ring.placement.NodeId;
import rondo.ring.repair.HintedNetwork;
import rondo.ring.repair.StandIn;
import rondo.storage.node.EngineHints;
import rondo.storage.node.NodeReplica;
import rondo.storage.orphan.OrphanSettings;
import rondo.storage.orphan.OrphanWalk;

/** One node, wired. The same for one and for a thousand. Started once, closed once. */
public final class NodeProcess implements AutoCloseable {
  private static final Duration DRAIN = Duration.ofSeconds(20);
  private static final Duration STOP = Duration.ofSeconds(10);

  private final NodeSettings settings;
  private final Closings closings;
  private final NodeStorage storage;
  private final Vertx vertx;
  private final NodeStatus status;
  private HostPort s3;
  private HostPort admin;
  private HostPort node;

  /**
   * Starts a node; returns when its ports answer.
   *
   * @throws StartException or {@link rondo.storage.disk.DiskException} or {@link
   *     rondo.metadata.engine.EngineException}, in one line, when it can't; nothing is left running
   * @throws IllegalArgumentException naming the setting that makes no sense
   */
  public static NodeProcess start(Configuration configuration) {
    Joining.wish(configuration); // Before anything is made on the disk: it refuses what can't work.
    var closings = new Closings();
    boolean started = false;
    try {
      var process = new NodeProcess(configuration, closings);
      started = true;
      return process;
    } finally {
      if (!started) {
        closings.close();
      }
    }
  }

  private NodeProcess(Configuration configuration, Closings closings) {
    this.settings = new NodeSettings(configuration);
    this.closings = closings;
    s3 = configuration.s3Listen();
    admin = configuration.adminListen();
    node = configuration.nodeListen();
    storage = NodeStorage.open(configuration, closings);
    vertx = vertx();
    closings.add(() -> Listening.stop(vertx.close()));
    Peer peer = storage.folders().peer();
    NodeId self = peer.self();
    var clock = storage.clock();
    var view = new LayoutView(configuration.join());
    var counters = new PeerCounters();
    var dialer = new PeerDialer(vertx, peer, view);
    var network = new PeerNetwork(vertx, self, dialer, view, view, TASKS, TIME, counters);
    closings.add(network::close);
    var others = new OtherGateways(self, view, network, TASKS, TIME);
    var leases = new BucketLeases(TIME, others);
    var local = new LocalChunks(storage.extents(), view);
    var chunks = new ChunkNodes(self, local, dialer, TIME);
    closings.add(chunks::close);
    listen(
        new PeerServer(
            vertx,
            peer,
            OtherGateways.forgetting(leases, view),
            new ChunkServer(local),
            TASKS,
            counters));
    var own = settings.node(self, node, storage.diskBytes());
    var replica = new NodeReplica(storage.engine(), view, storage.life());
    var hints = new EngineHints(storage.engine(), NodeRepair.MOST_HINT_BYTES);
    var moved = new MovedChunks(chunks, storage.extents(), view);
    var layouts = new StoredLayout(storage.folders().first().value("layout"));
    var tasks = new RunningTasks(TASKS);
    var membership =
        new Membership(
            own,
            new StandIn(self, replica, hints, view::layout, TIME),
            moved,
            layouts,
            clock,
            network,
            tasks,
            TIME,
            CHANCE,
            storage.life(),
            configuration.copyBytesPerSecond());
    view.set(membership);
    var placements = membership.placements();
    var hinted = new HintedNetwork(self, network, TIME);
    var coordinator =
        new Coordinator(self, clock, placements, hinted, TASKS, TIME, CHANCE, VersionRows::isShown);
    var repair =
        new NodeRepair(
            self, view, replica, hints, network, hinted, membership, storage, chunks, coordinator);
    view.setLack(repair::told);
    var done = new Counters();
    var shards = new ShardCounters();
    status =
        new NodeStatus(peer, membership, storage, counters, done, shards, repair, configuration);
    membership.start();
    closings.add(() -> {
      membership.stop();
      tasks.awaitEnd(STOP);
    });
    join(new Joining(configuration, self, peer.cluster(), membership, network, TASKS, TIME));
    closings.add(repair.start(STOP));
    var blobs = new RingBlobs(chunks, placements, CHANCE, TIME);
    closings.add(blobs::close);
    closings.add(
        OrphanWalk.start(storage.extents(), coordinator, TASKS, TIME, OrphanSettings.DEFAULT));
    var store = Store.of(coordinator, TIME, blobs, leases);
    var turns = new Turns(self, placements, membership::suspected);
    var sizes = new Sizes(storage.engine(), replica.writes(), TASKS, TIME);
    var moving = new Moving(coordinator, placements, network, TASKS, TIME, status::spreads);
    var rows = new ShardSettings(configuration.shardRows());
    closings.add(
        new ShardWorker(store, rows, sizes, turns, moving, shards)
            .start(() -> status.trouble().isEmpty()));
    closings.add(
        new CopiesWorker(store, turns, shards, TASKS, TIME, configuration.copyBytesPerSecond())
            .start(() -> status.trouble().isEmpty()));
    var buckets = new BucketApi(store, placements, membership::layout);
    serve(coordinator, store, rules(store, turns, done), buckets);
  }

  private static Vertx vertx() {
    var files =
        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
    return Vertx.vertx(
        new VertxOptions().setPreferNativeTransport(true).setFileSystemOptions(files));
  }

  private void listen(PeerServer server) {
    node = Listening.await(server.listen(node.host(), node.port()), node, "--node-listen");
    closings.add(() -> Listening.stop(server.close()));
  }

  private void join(Joining joining) {
    joining.start();
    closings.add(joining::close);
  }

  /** Starts the work of lifecycle rules. */
  private Preview rules(Store store, Turns turns, Counters done) {
    LifecycleSettings rules = settings.lifecycle();
    closings.add(
        new LifecycleWorker(store, rules, turns, done, TASKS, TIME)
            .start(() -> status.trouble().isEmpty(), STOP));
    return new Preview(store, rules, TIME);
  }

  private void serve(Coordinator coordinator, Store store, Preview preview, BucketApi buckets) {
    var registers = Registers.of(coordinator, TIME);
    RootCredentials given = storage.folders().root();
    Identity root = Identities.root(given.accessKey(), given.secret());
    var identities = new Identities(settings.fixed(root), registers, TIME);
    String region = settings.configuration().region();
    var authenticator = new Authenticator(new AuthSettings(region, false), identities);
    var users =
        new UserApi(
            new IdentityAdmin(identities, registers, TASKS, TIME),
            new UserPolicies(identities, registers, TASKS, TIME));
    var layout = new LayoutApi(status.membership(), registers, status, TIME);
    var explain = new Explain(store, new Access(settings.grants(root)), identities);
    // S3 first: who asks the admin port whether this node is ready goes to S3 next.
    if (settings.isGateway()) {
      var gateway = settings.gateway(storage.folders().peer().self(), root);
      var keys =
          settings
              .configuration()
              .keys()
              .keyring(storage.folders().authority(), settings.configuration().firstFolder());
      listen(new S3Gateway(vertx, gateway, identities, store, keys, identities));
    }
    listen(
        new AdminServer(
            vertx,
            authenticator,
            root.accountId(),
            status,
            users,
            layout,
            preview,
            buckets,
            explain,
            TASKS));
  }

  private void listen(AdminServer server) {
    admin = Listening.await(server.listen(admin.host(), admin.port()), admin, "--admin-listen");
    closings.add(() -> Listening.stop(server.close()));
  }

  private void listen(S3Gateway gateway) {
    try {
      gateway.start();
    } catch (IllegalStateException e) {
      throw Listening.refused(e, s3, "--s3-listen");
    }
    s3 = s3.withPort(gateway.port());
    closings.add(() -> gateway.close(DRAIN));
  }

  public int s3Port() {
    return s3.port();
  }

  public int adminPort() {
    return admin.port();
  }

  public int nodePort() {
    return node.port();
  }

  public RootCredentials root() {
    return storage.folders().root();
  }

  /** Why it can't serve now; empty when it can. */
  public String trouble() {
    return status.trouble();
  }

  /** Takes no further requests, lets those in work finish, and closes what was opened. */
  @Override
  public void close() {
    closings.close();
  }
}
