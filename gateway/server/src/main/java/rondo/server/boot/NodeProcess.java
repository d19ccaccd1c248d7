package rondo.server.boot;

import static rondo.store.system.SystemPorts.CHANCE;
import static rondo.store.system.SystemPorts.TASKS;
import static rondo.store.system.SystemPorts.TIME;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.coordinate.Coordinator;
import rondo.s3.access.AccessControl;
import rondo.s3.auth.AuthSettings;
import rondo.s3.auth.Authenticator;
import rondo.s3.auth.Identity;
import rondo.s3.http.S3Gateway;
import rondo.s3.identity.Identities;
import rondo.s3.identity.IdentityAdmin;
import rondo.s3.identity.IdentityRegisters;
import rondo.s3.identity.SecretSealing;
import rondo.s3.identity.UserPolicies;
import rondo.s3.rewrap.MasterKeyRewrap;
import rondo.s3.sweep.LifecyclePreview;
import rondo.server.admin.AccessExplainer;
import rondo.server.admin.AdminServer;
import rondo.server.admin.BucketApi;
import rondo.server.admin.KeyApi;
import rondo.server.admin.LayoutApi;
import rondo.server.admin.NodeRoutes;
import rondo.server.admin.UserApi;
import rondo.server.api.ApiFamily;
import rondo.server.api.RouteTable;
import rondo.server.config.Configuration;
import rondo.server.config.HostPort;
import rondo.server.config.KeySources;
import rondo.server.config.StartException;
import rondo.server.link.NodeLinks;
import rondo.server.live.BucketDirectory;
import rondo.server.live.JobApi;
import rondo.server.live.RequestTrace;
import rondo.server.process.ClosingStack;
import rondo.server.process.PortBinding;
import rondo.server.storage.NodeKeyring;
import rondo.server.storage.NodeStorage;
import rondo.server.storage.RootCredentials;
import rondo.server.storage.RootKeys;
import rondo.server.undelete.RestoreJobs;
import rondo.server.undelete.UndeleteApi;
import rondo.store.Store;
import rondo.store.blob.RingBlobs;

/**
 * One node, wired. A cluster of one and a cluster of a thousand are made of such nodes. Started
 * once, closed once.
 */
public final class NodeProcess implements AutoCloseable {
  private final NodeSettings settings;
  private final ClosingStack closings;
  private final NodeStorage storage;
  private final NodeTraffic traffic;
  private final NodeStatus status;
  private final RequestTrace trace = new RequestTrace(TIME);
  private final NodeRecords records;
  private final List<Runnable> adminClosings = new ArrayList<>();
  private HostPort s3;
  private HostPort admin;
  private int consolePort;
  private @Nullable S3Gateway gateway;
  private final HostPort node;

  /**
   * Starts a node; returns when its ports answer.
   *
   * @throws StartException or {@link rondo.storage.folder.DiskException} or {@link
   *     rondo.metadata.engine.EngineException}, in one line, when the node can't start; everything
   *     that was opened is closed then
   * @throws IllegalArgumentException naming the setting that makes no sense
   */
  public static NodeProcess start(Configuration configuration) {
    // Before anything is made on the disk, since it refuses settings that can't work.
    configuration.cluster().replication();
    var closings = new ClosingStack();
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

  private NodeProcess(Configuration configuration, ClosingStack closings) {
    this.settings = new NodeSettings(configuration);
    this.closings = closings;
    s3 = configuration.endpoints().s3();
    admin = configuration.endpoints().admin().listen();
    storage = NodeStorage.open(configuration, closings);
    traffic = NodeTraffic.open(TIME, closings);
    var links = NodeLinks.open(traffic.nodes(), configuration, storage, closings);
    node = links.address();
    records = NodeRecords.open(configuration, storage, links, closings);
    var ring = NodeRing.open(settings, storage, links, records.audit()::answer);
    status = NodeStatus.of(configuration, storage, links, ring, traffic, records);
    status.healths().alsoWarn(records::warnings);
    closings.add(status.registry()::close);
    ring.start(configuration.cluster(), status.peer().cluster(), links, closings);
    var coordinator = ring.coordinator();
    var blobs = new RingBlobs(links.chunks(), ring.layouts(), CHANCE, TIME);
    closings.add(blobs::close);
    var store = Store.of(coordinator, TIME, blobs, ring.leases());
    new NodeWorkers(settings, storage, links, ring, status, closings).start(store);
    closings.add(status.healths().start());
    var preview = new LifecyclePreview(store, settings.lifecycle(), TIME);
    var buckets = new BucketApi(store, ring.layouts(), ring.layouts()::installed, preview::of);
    // Behind S3 in the stack: health says that the node is stopping until S3 has ended.
    closings.add(() -> adminClosings.forEach(Runnable::run));
    var operators =
        new NodeOperators(settings, storage, links, ring, status, records.backups(), closings);
    serve(coordinator, store, buckets, operators);
  }

  private void serve(
      Coordinator coordinator, Store store, BucketApi buckets, NodeOperators operators) {
    KeySources sources = settings.configuration().secrets().keys();
    var seal = NodeKeyring.seal(sources, storage.folders(), settings.isGateway());
    var registers = IdentityRegisters.of(coordinator, TIME, seal);
    var sealing = new SecretSealing(registers, TASKS, TIME);
    closings.add(sealing::close);
    sealing.start(
        () -> status.membership().layout() != null,
        settings.sealsSecrets(storage.folders().fresh()));
    RootKeys rootKeys = storage.folders().root();
    Identity root = NodeSettings.root(rootKeys.newest());
    var identities = new Identities(settings.fixed(rootKeys), registers, TIME);
    String region = settings.configuration().s3().region();
    var authenticator = new Authenticator(AuthSettings.ofAdmin(region), identities);
    var users =
        new UserApi(
            new IdentityAdmin(identities, registers, TASKS, TIME),
            new UserPolicies(identities, registers, TASKS, TIME));
    var layout = new LayoutApi(status.membership(), registers, status, TIME);
    var explain = new AccessExplainer(store, new AccessControl(settings.grants(root)), identities);
    // S3 first: a client that learns from the admin port that this node is ready turns to S3
    // next.
    MasterKeyRewrap rewrap =
        settings.isGateway() ? serveS3(sources, root, identities, registers, store) : null;
    var restores = new RestoreJobs(store, TASKS);
    var families = new ArrayList<ApiFamily>(List.of(new NodeRoutes(status), users, layout));
    families.addAll(List.of(buckets, new KeyApi(rewrap), explain));
    families.addAll(operators.families(store, identities));
    families.addAll(
        List.of(
            new BucketDirectory(store, identities),
            new JobApi(new NodeJobs(status, rewrap, restores)),
            new UndeleteApi(store, () -> status.membership().layout(), restores),
            records.audit().api(),
            trace));
    listen(authenticator, identities, new RouteTable(families));
  }

  private MasterKeyRewrap serveS3(
      KeySources sources,
      Identity root,
      Identities identities,
      IdentityRegisters registers,
      Store store) {
    var listener = settings.gateway(storage.folders().peer().self(), root);
    var keys =
        NodeKeyring.open(
            sources, storage.folders().token(), settings.configuration().storage().first());
    try {
      gateway =
          new S3Gateway(
              traffic.s3(),
              listener,
              identities,
              store,
              keys,
              identities,
              traffic.clients(),
              records.of(
                  status.observer(trace), settings.configuration().metrics().slow() != null));
      listen(gateway);
    } catch (IllegalStateException e) {
      throw new StartException("--tls-cert and --tls-key: " + e.getMessage(), e);
    }
    var rewrap = new MasterKeyRewrap(store, registers, keys, TASKS, TIME);
    closings.add(rewrap::stop);
    return rewrap;
  }

  private void listen(Authenticator authenticator, Identities identities, RouteTable routes) {
    var ports = new OperatorPorts(settings, traffic, status, records);
    AdminServer server = ports.admin(authenticator, routes);
    listen(server);
    ports.health(adminClosings);
    var console = ports.console(gateway, identities, server::answer);
    if (console != null) {
      consolePort = console.port();
      closings.add(() -> PortBinding.stop(console.server().close()));
    }
  }

  private void listen(AdminServer server) {
    admin = PortBinding.await(server.listen(admin.host(), admin.port()), admin, "--admin-listen");
    adminClosings.add(() -> PortBinding.stop(server.close()));
  }

  private void listen(S3Gateway gateway) {
    try {
      gateway.start();
    } catch (IllegalStateException e) {
      throw PortBinding.refused(e, s3, "--s3-listen");
    }
    s3 = s3.withPort(gateway.port());
    closings.add(() -> gateway.close(settings.configuration().member().stopWait()));
  }

  public int s3Port() {
    return s3.port();
  }

  public int adminPort() {
    return admin.port();
  }

  /** The port of the console; 0 where there is none. */
  public int consolePort() {
    return consolePort;
  }

  public int nodePort() {
    return node.port();
  }

  /** The newest of the access keys of root. */
  public RootCredentials root() {
    return storage.folders().root().newest();
  }

  /**
   * Why the node must stop, in a sentence: it was given up, another life of its name has its place,
   * or a copy of its folder was started. Empty while it may go on.
   */
  public String displaced() {
    return RunningCopy.displaced(status.membership());
  }

  /**
   * What is wrong with this node's metadata, of which the cluster knows a later state, as when its
   * disk was restored from a copy; empty when nothing is.
   */
  public String outdated() {
    return status.membership().isStranger() && !status.membership().isCopied()
        ? "is older than this node's votes"
        : "";
  }

  /** Whether members have said that this node was removed by order, and not given up. */
  public boolean isRemoved() {
    return !status.membership().dismissal().isEmpty() && !status.membership().isLost();
  }

  /** Why the node can't serve now; empty when it can. */
  public String trouble() {
    return status.trouble();
  }

  /** Takes no further requests, finishes those in work, and closes all that was opened. */
  @Override
  public void close() {
    status.healths().stopping();
    closings.close();
  }
}
