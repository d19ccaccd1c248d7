package rondo.server.boot;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import rondo.ring.layout.Layout;
import rondo.ring.membership.Membership;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.placement.Ring;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.value.NodeId;
import rondo.server.config.ClusterSettings;
import rondo.server.link.NodeAddresses;

/**
 * How a node with an empty folder finds its cluster: it makes one, or asks its seeds in turn. When
 * several nodes are expected to make a cluster together, they meet first. The node with the lowest
 * id begins only when all of them answer and none has a layout. So a node that lost its disk joins
 * the existing cluster and doesn't begin a new one.
 */
final class ClusterFormation implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ClusterFormation.class);
  private static final long ROUND_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final ClusterSettings settings;
  private final NodeId self;
  private final String cluster;
  private final Membership membership;
  private final Network network;
  private final Tasks tasks;
  private final Time time;
  private volatile boolean stopped;

  ClusterFormation(
      ClusterSettings settings,
      NodeId self,
      String cluster,
      Membership membership,
      Network network,
      Tasks tasks,
      Time time) {
    this.settings = settings;
    this.self = self;
    this.cluster = cluster;
    this.membership = membership;
    this.network = network;
    this.tasks = tasks;
    this.time = time;
  }

  /** Starts to look for the cluster. */
  void start() {
    if (membership.layout() != null) {
      return;
    }
    if (settings.seeds().isEmpty()) {
      found();
    } else {
      tasks.start("joining", this::run);
    }
  }

  @Override
  public void close() {
    stopped = true;
  }

  private void found() {
    membership.found(cluster, Ring.DEFAULT, settings.replication());
    LOG.info("began cluster {} with node {}", cluster, self);
  }

  private void run() {
    LOG.info("joining through {}", settings.seeds());
    for (int round = 0; !stopped && !isMember(); round++) {
      Mailbox<Answer> answers = tasks.mailbox();
      long deadline = time.nanos() + ROUND_NANOS;
      for (int seed = 0; seed < settings.seeds().size(); seed++) {
        network.send(NodeAddresses.seed(seed), membership.hello(), deadline, answers);
      }
      meet(answers, deadline, round % settings.seeds().size());
    }
  }

  private void meet(Mailbox<Answer> answers, long deadline, int seed) {
    Set<NodeId> fresh = new HashSet<>(Set.of(self));
    boolean exists = false;
    for (Answer answer = answers.take(deadline); answer != null; answer = answers.take(deadline)) {
      if (answer.reply() instanceof Reply.Pong pong) {
        exists |= pong.own().epoch() > 0;
        fresh.add(answer.from());
      }
    }
    boolean lowest = fresh.stream().allMatch(node -> self.compareTo(node) <= 0);
    boolean all = settings.expect() > 1 && fresh.size() >= settings.expect();
    if (!exists && all && lowest && membership.layout() == null) {
      found();
    } else if (membership.layout() == null || exists) {
      membership.joinThrough(NodeAddresses.seed(seed));
    }
  }

  private boolean isMember() {
    @Nullable Layout layout = membership.layout();
    return layout != null && layout.node(self) != null;
  }
}
