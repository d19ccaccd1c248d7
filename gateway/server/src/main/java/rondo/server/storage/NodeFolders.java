package rondo.server.storage;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.value.NodeId;
import rondo.server.config.ClusterSettings;
import rondo.server.config.Configuration;
import rondo.server.config.StartException;
import rondo.server.process.CreationMask;
import rondo.storage.folder.DataFolder;
import rondo.storage.folder.PrivateFolder;
import rondo.storage.snapshot.ChunkHold;
import rondo.store.system.SystemPorts;
import rondo.store.transport.Authority;
import rondo.store.transport.Peer;

/**
 * A node's data folders, locked, and the node's identity: decided at its first start, read at every
 * later one.
 *
 * @param hold keeps chunks while a backup or a restore needs them
 * @param fresh whether this is the first start
 */
public record NodeFolders(
    KnownFolders known, Peer peer, JoinToken token, RootKeys root, ChunkHold hold, boolean fresh)
    implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(NodeFolders.class);
  private static final String AUTHORITY = "authority.pem";
  private static final String CERTIFICATE = "node.pem";
  private static final String KEY = "node-key.pem";

  /**
   * Opens or makes the folders.
   *
   * @throws StartException when the token can't be used
   * @throws rondo.storage.folder.DiskException saying in one line what is wrong with a folder
   */
  static NodeFolders open(Configuration configuration) {
    CreationMask.excludeOthers();
    Path first = configuration.storage().first();
    Optional<DataFolder.Identity> stored = known(configuration, first);
    if (stored.isEmpty()) {
      checkMayFound(configuration, first);
    }
    JoinToken token = token(configuration, first);
    Authority authority = token.authority();
    if (stored.isEmpty() && authority.key() == null) {
      throw new StartException(
          configuration.cluster().tokenFile()
              + " is a certificate, not the join token: the token has a private key as well");
    }
    if (stored.isEmpty() && token.cluster() != null && configuration.cluster().seeds().isEmpty()) {
      throw new StartException(
          "the join token is of a cluster that exists: name a node of it by --join HOST:PORT");
    }
    Authority founding = token.first();
    NodeId node = stored.map(DataFolder.Identity::node).orElseGet(NodeFolders::newId);
    var identity = new DataFolder.Identity(node, founding.cluster());
    boolean used = stored.isPresent();
    var known =
        new KnownFolders(DataFolder.open(first, identity), used, configuration.storage().data());
    if (!PrivateFolder.isPrivate(first)) {
      LOG.warn("other users of this machine may enter {}: give it to this user alone", first);
    }
    if (configuration.cluster().seeds().isEmpty() && authority.key() != null) {
      writeOnce(first.resolve(JoinToken.FILE), token.text());
    }
    writeOnce(first.resolve(AUTHORITY), founding.certificatePem());
    var root = RootKeys.open(configuration, token, first, SystemPorts.TIME);
    JoinToken.renew(first);
    var peer = new Peer(node, founding.cluster(), credentials(first, token, node));
    var hold = new ChunkHold(known.first().value("chunk-hold"), SystemPorts.TIME);
    return new NodeFolders(known, peer, token, root, hold, !used);
  }

  /**
   * Refuses to begin a cluster that nobody has asked for: a node that others are to reach, and
   * whose disk was emptied or replaced, belongs to a cluster already.
   */
  private static void checkMayFound(Configuration configuration, Path first) {
    ClusterSettings cluster = configuration.cluster();
    if (cluster.seeds().isEmpty()
        && !cluster.found()
        && !configuration.endpoints().node().isLoopback()) {
      throw new StartException(
          first
              + " is empty: name the cluster's nodes by --join (and their number by --expect, if"
              + " none has begun), or say --found to begin a cluster with this node alone");
    }
  }

  /**
   * The identity in the folders. A node that has lost its metadata has forgotten its promises: it
   * comes back as another life of its name, which the cluster fills anew.
   */
  private static Optional<DataFolder.Identity> known(Configuration configuration, Path first) {
    Optional<DataFolder.Identity> stored = DataFolder.identity(first);
    if (stored.isEmpty() || DataFolder.hasMetadata(first)) {
      return stored;
    }
    LOG.warn(
        "{} has lost its metadata: the node takes its place in the cluster anew, with no memory of"
            + " its life {}",
        first,
        stored.get().node());
    try {
      Files.deleteIfExists(first.resolve(CERTIFICATE));
      Files.deleteIfExists(first.resolve(KEY));
    } catch (IOException e) {
      throw new StartException("can't write to " + first + ": " + e.getMessage(), e);
    }
    KnownFolders.added(first).stream().filter(Files::isDirectory).forEach(DataFolder::disown);
    configuration.storage().data().reversed().forEach(DataFolder::disown);
    return Optional.empty();
  }

  /**
   * Sets the metadata of a stopped node aside: at its next start the node begins another life of
   * its name. Chunks stay where they are.
   *
   * @param why what the metadata is, in words, for the log
   * @throws StartException when the folder can't be changed
   */
  public static void setAside(Configuration configuration, String why) {
    Path first = configuration.storage().first();
    String life = DataFolder.identity(first).map(it -> it.node().toString()).orElse("unknown");
    Path metadata = first.resolve("metadata");
    Path aside = first.resolve("metadata-of-" + life);
    LOG.warn("the metadata in {} {}: it is kept as {}", first, why, aside);
    try {
      Files.move(metadata, aside);
    } catch (IOException e) {
      throw new StartException("can't move " + metadata + " to " + aside + ": " + e, e);
    }
  }

  public DataFolder first() {
    return known.first();
  }

  private static JoinToken token(Configuration configuration, Path first) {
    Path tokenFile = configuration.cluster().tokenFile();
    if (tokenFile != null) {
      String text =
          PrivateFile.read(tokenFile)
              .orElseThrow(() ->
                  new StartException(
                      "there is no "
                          + tokenFile
                          + ": copy the join token of the cluster's nodes, or make the one of a new"
                          + " cluster by: rondo token new FILE"));
      return parse(tokenFile, text);
    }
    for (String name : List.of(JoinToken.FILE, AUTHORITY)) {
      Optional<String> text = PrivateFile.read(first.resolve(name));
      if (text.isPresent()) {
        return parse(first.resolve(name), text.get());
      }
    }
    return JoinToken.create();
  }

  private static JoinToken parse(Path file, String text) {
    try {
      return JoinToken.parse(text);
    } catch (IllegalArgumentException e) {
      throw new StartException(file + " is not a join token: " + e.getMessage(), e);
    }
  }

  private static Authority.Credentials credentials(Path first, JoinToken token, NodeId node) {
    String founding = token.first().certificatePem();
    Optional<String> certificate = PrivateFile.read(first.resolve(CERTIFICATE));
    Optional<String> key = PrivateFile.read(first.resolve(KEY));
    if (certificate.isPresent() && key.isPresent()) {
      return new Authority.Credentials(certificate.get(), key.get(), founding);
    }
    try {
      Authority.Credentials issued = token.authority().issue(node);
      PrivateFile.write(first.resolve(KEY), issued.key());
      PrivateFile.write(first.resolve(CERTIFICATE), issued.certificate());
      return new Authority.Credentials(issued.certificate(), issued.key(), founding);
    } catch (IllegalArgumentException e) {
      throw new StartException("can't make this node a certificate: " + e.getMessage(), e);
    }
  }

  private static void writeOnce(Path file, String text) {
    if (PrivateFile.read(file).isEmpty()) {
      PrivateFile.write(file, text);
    }
  }

  private static NodeId newId() {
    return new NodeId((new SecureRandom().nextLong() & Long.MAX_VALUE) | 1);
  }

  @Override
  public void close() {
    known.close();
  }
}
