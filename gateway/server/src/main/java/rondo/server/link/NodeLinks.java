package rondo.server.link;

import static rondo.store.system.SystemPorts.TASKS;
import static rondo.store.system.SystemPorts.TIME;

import io.vertx.core.Vertx;
import rondo.ring.gossip.LayoutKeeper;
import rondo.ring.gossip.LocalNode;
import rondo.ring.layout.Feature;
import rondo.ring.value.NodeId;
import rondo.server.config.Configuration;
import rondo.server.config.HostPort;
import rondo.server.process.ClosingStack;
import rondo.server.process.PortBinding;
import rondo.server.storage.NodeStorage;
import rondo.server.storage.StoredLayout;
import rondo.server.storage.StoredPeers;
import rondo.server.storage.StoredRounds;
import rondo.store.chunk.ChunkNodes;
import rondo.store.chunk.ChunkServer;
import rondo.store.chunk.LocalChunks;
import rondo.store.transport.Peer;
import rondo.store.transport.PeerCounters;
import rondo.store.transport.PeerDialer;
import rondo.store.transport.PeerNetwork;
import rondo.store.transport.PeerServer;

/**
 * How a node reaches other nodes, and how they reach it: its view of the layout, its connections,
 * and its node port.
 *
 * @param replica answers the requests of other nodes and of this one
 * @param address where the node port listens
 */
public record NodeLinks(
    NodeId self,
    LayoutKeeper layouts,
    LayoutRegister register,
    PeerNetwork network,
    ChunkNodes chunks,
    StartupReplica replica,
    PeerCounters counters,
    HostPort address) {
  /**
   * Opens the node port. It refuses requests until {@link #replica} is opened.
   *
   * @param closings gets the parts to close, also when this fails half way
   */
  public static NodeLinks open(
      Vertx vertx, Configuration configuration, NodeStorage storage, ClosingStack closings) {
    Peer peer = storage.folders().peer();
    var stored = new StoredLayout(storage.folders().first().value("layout"));
    var own =
        new LocalNode(
            peer.self(),
            storage.life(),
            Feature.RELEASE,
            new StoredRounds(storage.folders().first().value("rounds"), storage.life()));
    own.comesBy(peer.token());
    var heard = new StoredPeers(storage.folders().first().value("peers"));
    var layouts = new LayoutKeeper(own, stored, heard, TASKS, TIME);
    var addresses = new NodeAddresses(configuration.cluster().seeds(), layouts::installed);
    var register = new LayoutRegister(layouts::installed, own, storage.folders().token(), TIME);
    var replica = new StartupReplica();
    var counters = new PeerCounters();
    var dialer = new PeerDialer(vertx, peer, register, addresses);
    var network =
        new PeerNetwork(vertx, peer.self(), dialer, addresses, replica, TASKS, TIME, counters);
    closings.add(network::close);
    var local =
        new LocalChunks(
            storage.extents(),
            new ChunkEpochs(layouts.chunkFence()),
            storage.folders().hold()::defers);
    var chunks = new ChunkNodes(peer.self(), local, dialer, TIME);
    closings.add(chunks::close);
    var server =
        new PeerServer(
            vertx, peer, register, replica, new ChunkServer(local), TASKS, TIME, counters);
    HostPort wanted = configuration.endpoints().node();
    HostPort address =
        PortBinding.await(server.listen(wanted.host(), wanted.port()), wanted, "--node-listen");
    closings.add(() -> PortBinding.stop(server.close()));
    return new NodeLinks(
        peer.self(), layouts, register, network, chunks, replica, counters, address);
  }
}
