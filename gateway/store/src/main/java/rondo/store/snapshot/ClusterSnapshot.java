package rondo.store.snapshot;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.placement.ReplicaSet;
import rondo.ring.port.Time;
import rondo.ring.quorum.Messenger;
import rondo.ring.quorum.Round;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;

/**
 * A snapshot of all rows of the cluster, which the nodes keep while it is read; the package's
 * description has the argument. Used by one thread.
 */
public final class ClusterSnapshot implements AutoCloseable {
  private static final int MOST_TRIES = 8;

  /** Nodes that are up answer sooner, and the frozen ones wait for the slowest. */
  private static final long FREEZE_NANOS = TimeUnit.MILLISECONDS.toNanos(900);

  private static final int PAGE = 1000;
  private static final long ANSWER_NANOS = TimeUnit.SECONDS.toNanos(5);
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(700);

  private final Messenger messenger;
  private final Time time;
  private final long epoch;
  private final long id;
  private final List<NodeId> nodes;

  private ClusterSnapshot(Messenger messenger, Time time, long epoch, long id, Set<NodeId> nodes) {
    this.messenger = messenger;
    this.time = time;
    this.epoch = epoch;
    this.id = id;
    this.nodes = List.copyOf(nodes);
  }

  /**
   * Takes a snapshot. Tries again when a node is too slow, or the layout changes meanwhile.
   *
   * @param id tells this snapshot from all others: random
   * @param members of the newest layout
   * @throws SnapshotException when too few nodes take part
   */
  public static ClusterSnapshot take(
      long id, Supplier<SnapshotMembers> members, Messenger messenger, Time time) {
    String why = "";
    for (int i = 0; i < MOST_TRIES; i++) {
      SnapshotMembers now = members.get();
      var attempt = new Attempt(now, id + i, messenger, time);
      Set<NodeId> taken = attempt.run();
      var snapshot = new ClusterSnapshot(messenger, time, now.epoch(), id + i, taken);
      why = now.quorums().shortage(taken);
      if (why.isEmpty()) {
        return snapshot;
      }
      why = attempt.refusals.isEmpty() ? why : why + ": " + attempt.refusals;
      snapshot.close();
      messenger.pause(PAUSE_NANOS);
    }
    throw new SnapshotException("no snapshot can be taken, since it has too few nodes: " + why);
  }

  /** One try. */
  private static final class Attempt {
    private final SnapshotMembers members;
    private final long id;
    private final Messenger messenger;
    private final Time time;
    private final Set<String> refusals = new TreeSet<>();

    Attempt(SnapshotMembers members, long id, Messenger messenger, Time time) {
      this.members = members;
      this.id = id;
      this.messenger = messenger;
      this.time = time;
    }

    /** The nodes whose snapshots count. */
    Set<NodeId> run() {
      // First those that answer at all: the frozen ones aren't to wait for a dead one.
      Set<NodeId> up = ask(members.nodes(), new Request.ThawRows(members.epoch(), 0), false);
      if (!members.quorums().shortage(up).isEmpty()) {
        return Set.of();
      }
      Set<NodeId> frozen = ask(up, new Request.TakeSnapshot(members.epoch(), id), true);
      Set<NodeId> counted = ask(frozen, new Request.ThawRows(members.epoch(), id), true);
      up.removeAll(counted);
      messenger.askEach(
          List.copyOf(up),
          new Request.DropSnapshot(members.epoch(), id),
          Reply.Done.class::isInstance,
          time.nanos() + FREEZE_NANOS);
      return counted;
    }

    private Set<NodeId> ask(Collection<NodeId> asked, Request request, boolean done) {
      if (asked.isEmpty()) {
        return new TreeSet<>();
      }
      var all = List.of(new ReplicaSet(List.copyOf(asked), asked.size()));
      Round round = messenger.round(request.epoch(), all, time.nanos() + FREEZE_NANOS);
      round.gather(request, _ -> true, Round.Persistence.ALL);
      var good = new TreeSet<NodeId>();
      round
          .replies()
          .forEach((node, reply) -> {
            if (!done || reply instanceof Reply.Done) {
              good.add(node);
            } else {
              refusals.add(reply instanceof Reply.Refused it ? it.detail() : "a newer layout");
            }
          });
      return good;
    }
  }

  /** The nodes whose snapshots this is made of. */
  public List<NodeId> nodes() {
    return nodes;
  }

  /** Reads all rows, in the order of their keys. */
  public SnapshotRows rows() {
    return new SnapshotRows(nodes, this::pull);
  }

  private Reply.Rows pull(NodeId node, @Nullable Key after) {
    var request = new Request.PullSnapshot(epoch, id, after, PAGE);
    String why = "it doesn't answer";
    for (int i = 0; i < MOST_TRIES; i++) {
      Reply reply = messenger.insist(node, request, time.nanos() + ANSWER_NANOS);
      if (reply instanceof Reply.Rows rows) {
        return rows;
      }
      if (reply instanceof Reply.Refused(Reply.Reason _, String detail)) {
        why = detail;
        break;
      }
    }
    throw new SnapshotException(
        "the snapshot of node %s can't be read any more: %s".formatted(node, why));
  }

  /** Has the nodes give up their snapshots; those that don't hear do so by themselves. */
  @Override
  public void close() {
    if (!nodes.isEmpty()) {
      messenger.askEach(
          nodes,
          new Request.DropSnapshot(epoch, id),
          Reply.Done.class::isInstance,
          time.nanos() + FREEZE_NANOS);
    }
  }
}
