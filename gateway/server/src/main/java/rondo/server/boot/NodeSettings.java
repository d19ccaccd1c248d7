package rondo.server.boot;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;
import rondo.ring.placement.Life;
import rondo.ring.placement.Node;
import rondo.ring.value.NodeId;
import rondo.s3.acl.AclGrants;
import rondo.s3.auth.Identity;
import rondo.s3.http.GatewaySettings;
import rondo.s3.identity.FixedIdentities;
import rondo.s3.identity.Identities;
import rondo.s3.sweep.LifecycleSettings;
import rondo.server.config.Configuration;
import rondo.server.config.HostPort;
import rondo.server.config.StartException;
import rondo.server.storage.RootCredentials;
import rondo.server.storage.RootKeys;
import rondo.store.transport.Peer;

/** Cuts the configuration to the settings of each part of a node. */
record NodeSettings(Configuration configuration) {
  private static final Set<String> ANYWHERE = Set.of("0.0.0.0", "::", "");

  /** The layout's entry for this node. */
  Node node(Peer self, String name, HostPort listening, long diskBytes) {
    boolean storage = configuration.member().roles().contains(Configuration.Role.STORAGE);
    long capacity =
        configuration.member().capacityBytes() > 0
            ? configuration.member().capacityBytes()
            : diskBytes;
    HostPort advertised = configuration.endpoints().advertised();
    HostPort address = advertised == null ? reachable(listening) : advertised;
    String s3 = isGateway() ? reachable(configuration.endpoints().s3()).toString() : "";
    return new Node(
        self.self(),
        Life.of(name, self.key()),
        configuration.member().zone(),
        storage ? capacity : 0,
        address.toString(),
        s3);
  }

  private static HostPort reachable(HostPort listening) {
    if (!ANYWHERE.contains(listening.host())) {
      return listening;
    }
    try {
      return new HostPort(InetAddress.getLocalHost().getHostAddress(), listening.port());
    } catch (UnknownHostException e) {
      throw new StartException(
          "can't tell how others reach this machine: name it by --advertise HOST:PORT", e);
    }
  }

  boolean isGateway() {
    return configuration.member().roles().contains(Configuration.Role.GATEWAY);
  }

  GatewaySettings gateway(NodeId self, Identity root) {
    return new GatewaySettings(
        new GatewaySettings.Listener(
            configuration.endpoints().s3().host(),
            configuration.endpoints().s3().port(),
            configuration.s3().certificate(),
            configuration.s3().key(),
            configuration.endpoints().proxies()),
        self.toString(),
        configuration.s3().region(),
        new GatewaySettings.Domains(
            configuration.s3().domains(), configuration.s3().websiteDomains()),
        configuration.s3().profile() == Configuration.Profile.COMPAT,
        root.accountId(),
        new GatewaySettings.Bounds(
            configuration.s3().limits().perAccount(), configuration.s3().limits().uploads()),
        GatewaySettings.STALL);
  }

  /**
   * Whether this start begins the sealing of secrets in the cluster: in a new cluster, or when the
   * operator says that no older nodes are left.
   */
  boolean sealsSecrets(boolean fresh) {
    return configuration.secrets().keys().sealSecrets()
        || (fresh && configuration.cluster().seeds().isEmpty());
  }

  AclGrants grants(Identity root) {
    return new AclGrants(
        configuration.s3().profile() == Configuration.Profile.COMPAT, root.accountId());
  }

  LifecycleSettings lifecycle() {
    return new LifecycleSettings(
        configuration.s3().lifecycleDay(),
        configuration.s3().profile() == Configuration.Profile.COMPAT);
  }

  /** Root, by one of its keys. */
  static Identity root(RootCredentials key) {
    return Identities.root(key.accessKey(), key.secret());
  }

  /** The identities that are known without asking the cluster; root's follow its present keys. */
  Supplier<List<Identity>> fixed(RootKeys keys) {
    List<Identity> users = users();
    return () ->
        Stream.concat(keys.current().stream().map(NodeSettings::root), users.stream()).toList();
  }

  private List<Identity> users() {
    Path users = configuration.secrets().users();
    if (users != null) {
      try {
        return FixedIdentities.read(users);
      } catch (IOException e) {
        throw new StartException("can't read the users of " + users + ": " + e.getMessage(), e);
      }
    }
    return List.of();
  }
}
