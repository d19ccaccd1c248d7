package rondo.server.boot;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.layout.Layout;
import rondo.ring.membership.Founding;
import rondo.ring.membership.Membership;
import rondo.ring.message.Answer;
import rondo.ring.message.NodeState;
import rondo.ring.message.Reply;
import rondo.ring.placement.Node;
import rondo.ring.placement.Ring;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.value.NodeId;
import rondo.server.config.ClusterSettings;
import rondo.server.config.HostPort;
import rondo.server.config.StartException;
import rondo.server.link.NodeAddresses;

/**
 * How a node with an empty folder finds its cluster. Alone it founds one, where that was checked at
 * its start to be what its operator means. Otherwise it asks the named nodes in turn to be taken
 * in. Where several are to found a cluster together, they meet first ({@link Founding}).
 */
final class ClusterFormation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterFormation.class);
  private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int QUIET_ROUNDS = 5;

  private final ClusterSettings settings;
  private final NodeId self;
  private final HostPort address;
  private final String cluster;
  private final Membership membership;
  private final Network network;
  private final Tasks tasks;
  private final Time time;
  private volatile boolean stopped;

  ClusterFormation(
      ClusterSettings settings,
      NodeId self,
      HostPort address,
      String cluster,
      Membership membership,
      Network network,
      Tasks tasks,
      Time time) {
    this.settings = settings;
    this.self = self;
    this.address = address;
    this.cluster = cluster;
    this.membership = membership;
    this.network = network;
    this.tasks = tasks;
    this.time = time;
  }

  /**
   * Starts to look for the cluster.
   *
   * @throws StartException when the settings name no other node to look for it, or not all
   */
  void start() {
    if (membership.layout() != null) {
      return;
    }
    boolean named = settings.seeds().size() == 1 && settings.seeds().contains(address);
    if (settings.seeds().isEmpty() || (named && settings.expect() == 1)) {
      found(List.of(membership.own()));
      return;
    }
    if (named) {
      throw new StartException(
          "--join names this node alone, %s: name the others too, or say --expect 1"
              .formatted(address));
    }
    if (settings.expect() > 1 && settings.expect() != settings.seeds().size()) {
      throw new StartException(
          "--expect %d, and --join names %d nodes: name each node once, this one too"
              .formatted(settings.expect(), settings.seeds().size()));
    }
    tasks.start("joining", this::run);
  }

  @Override
  public void close() {
    stopped = true;
  }

  private void found(List<Node> founders) {
    membership.found(cluster, Ring.DEFAULT, founders, settings.replication());
    LOG.info(
        "founded cluster {} of {}",
        cluster,
        founders.stream().map(Node::label).collect(Collectors.joining(", ")));
  }

  private void run() {
    LOG.info("looking for the cluster at {}", settings.seeds());
    String told = "";
    for (int round = 0; !stopped && !isMember(); round++) {
      meet(hear(), round % settings.seeds().size());
      String obstacle = membership.obstacle();
      // At first the others may still be starting.
      if (round >= QUIET_ROUNDS && !obstacle.isEmpty() && !obstacle.equals(told)) {
        LOG.warn("not in a cluster yet: {}", obstacle);
        told = obstacle;
      }
    }
    if (isMember()) {
      LOG.info("the node '{}' is in cluster {}", membership.own().label(), cluster);
    }
  }

  /** Says hello to all named nodes; those that answer within a second, by their address. */
  private Map<String, Founding.Heard> hear() {
    long deadline = time.nanos() + ROUND_NANOS;
    var mailboxes = new ArrayList<Mailbox<Answer>>();
    for (int seed = 0; seed < settings.seeds().size(); seed++) {
      Mailbox<Answer> answers = tasks.mailbox();
      mailboxes.add(answers);
      network.send(NodeAddresses.seed(seed), membership.hello(), deadline, answers);
    }
    var heard = new TreeMap<String, Founding.Heard>();
    for (int seed = 0; seed < mailboxes.size(); seed++) {
      Answer answer = mailboxes.get(seed).take(deadline);
      if (answer != null && answer.reply() instanceof Reply.Pong pong) {
        NodeState told = pong.own();
        heard.put(
            settings.seeds().get(seed).toString(), new Founding.Heard(told.node(), told.epoch()));
        if (told.epoch() == 0 && told.release() > 0 && settings.expect() > 1) {
          network.send(
              NodeAddresses.seed(seed),
              membership.offer(settings.expect()),
              deadline,
              tasks.mailbox());
        }
      }
    }
    return waited(heard, deadline);
  }

  /** The rounds take a second, also when all have answered. */
  private Map<String, Founding.Heard> waited(Map<String, Founding.Heard> heard, long deadline) {
    tasks.mailbox().take(deadline);
    return heard;
  }

  private void meet(Map<String, Founding.Heard> heard, int seed) {
    if (settings.expect() <= 1) {
      membership.joinThrough(NodeAddresses.seed(seed));
      return;
    }
    List<String> addresses = settings.seeds().stream().map(HostPort::toString).toList();
    Founding founding = membership.founding();
    List<Node> founders = founding.meet(heard, addresses, settings.expect());
    if (founders != null && membership.layout() == null) {
      found(founders);
    } else if (founding.exists()) {
      membership.joinThrough(NodeAddresses.seed(seed));
    }
  }

  private boolean isMember() {
    @Nullable Layout layout = membership.layout();
    return layout != null && layout.node(self) != null;
  }
}
