package rondo.gateway.boot;

import static rondo.gateway.boot.Ports.TASKS;
import static rondo.gateway.boot.Ports.TIME;

import io.vertx.core.Vertx;
import rondo.gateway.blob.ChunkNodes;
import rondo.gateway.blob.ChunkServer;
import rondo.gateway.blob.LocalChunks;
import rondo.gateway.peer.Peer;
import rondo.gateway.peer.PeerCounters;
import rondo.gateway.peer.PeerDialer;
import rondo.gateway.peer.PeerNetwork;
import rondo.gateway.peer.PeerServer;
import rondo.ring.membership.LayoutKeeper;
import rondo.ring.placement.NodeId;

/**
 * How a node reaches others, and they it: what it knows of the layout, its connections, and its
 * node port.
 *
 * @param replica answers what other nodes ask, and this one itself
 * @param address where the node port listens
 */
record NodeLinks(
    NodeId self,
    LayoutKeeper layouts,
    PeerNetwork network,
    ChunkNodes chunks,
    StartupReplica replica,
    PeerCounters counters,
    HostPort address) {
  /**
   * Opens the node port, where requests are refused until {@link #replica} is opened.
   *
   * @param closings gets what is to be closed, also when this fails half way
   */
  static NodeLinks open(
      Vertx vertx, Configuration configuration, NodeStorage storage, Closings closings) {
    Peer peer = storage.folders().peer();
    var stored = new StoredLayout(storage.folders().first().value("layout"));
    var layouts = LayoutKeeper.open(peer.self(), storage.life(), stored, TASKS, TIME);
    var addresses = new NodeAddresses(configuration.cluster().seeds(), layouts::installed);
    var replica = new StartupReplica();
    var counters = new PeerCounters();
    var dialer = new PeerDialer(vertx, peer, addresses);
    var network =
        new PeerNetwork(vertx, peer.self(), dialer, addresses, replica, TASKS, TIME, counters);
    closings.add(network::close);
    var local = new LocalChunks(storage.extents(), new ChunkEpochs(layouts.chunkFence()));
    var chunks = new ChunkNodes(peer.self(), local, dialer, TIME);
    closings.add(chunks::close);
    var server = new PeerServer(vertx, peer, replica, new ChunkServer(local), TASKS, counters);
    HostPort wanted = configuration.endpoints().node();
    HostPort address =
        Listening.await(server.listen(wanted.host(), wanted.port()), wanted, "--node-listen");
    closings.add(() -> Listening.stop(server.close()));
    return new NodeLinks(peer.self(), layouts, network, chunks, replica, counters, address);
  }
}
