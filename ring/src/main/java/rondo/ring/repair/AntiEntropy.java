package rondo.ring.repair;

import java.util.BitSet;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.quorum.Messenger;
import rondo.ring.value.Bytes;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;

/**
 * Compares the rows of this node with those of each peer, again and again, and brings each side the
 * newer rows of the other: section 4.7 of "Dynamo" (SOSP 2007). It leaves out partitions that are
 * moving, since the move copies them. The package's description proves that this is safe. {@link
 * #status} is thread-safe.
 */
public final class AntiEntropy {
  private final NodeId self;
  private final Supplier<@Nullable Layout> layouts;
  private final PeerQuestions peers;
  private final Time time;
  private final RepairPace pace;
  private final RepairFindings findings;
  private final EqualTimes equalTimes = new EqualTimes();
  private final AtomicLong pulled = new AtomicLong();
  private final AtomicLong pushed = new AtomicLong();
  private final Mailbox<Boolean> news;
  private volatile boolean stopped;

  /**
   * @param layouts the newest layout that is installed here; null before the first
   * @param network reaches all nodes, this one too
   */
  public AntiEntropy(
      NodeId self,
      Supplier<@Nullable Layout> layouts,
      Network network,
      Tasks tasks,
      Time time,
      RepairPace pace) {
    this.self = self;
    this.layouts = layouts;
    this.peers = new PeerQuestions(new Messenger(network, tasks, time));
    this.time = time;
    this.pace = pace;
    this.findings = new RepairFindings(time);
    this.news = tasks.mailbox();
  }

  /** Compares with all peers again and again, until {@link #stop}. */
  public void run() {
    while (!stopped) {
      Layout layout = layouts.get();
      if (layout != null) {
        compareAll(layout);
      }
      news.take(time.nanos() + pace.rest().toNanos());
    }
  }

  public void stop() {
    stopped = true;
    news.put(true);
  }

  /** Starts the next comparison at once. */
  public void wake() {
    news.put(true);
  }

  /**
   * Notes that this node stood still and may have missed writes: it isn't whole before a comparison
   * that begins now has ended.
   */
  public void distrust() {
    findings.doubt();
    wake();
  }

  /** Until when this node is known to have all that each peer had. */
  public EqualTimes equalTimes() {
    return equalTimes;
  }

  public RepairStatus status() {
    return findings.status(pulled.get(), pushed.get());
  }

  private void compareAll(Layout layout) {
    int doubts = findings.doubts();
    Map<NodeId, BitSet> shared = SharedPartitions.of(layout, self);
    findings.keep(shared);
    shared.forEach((peer, partitions) -> compareWith(layout, peer, partitions));
    findings.looked(layout.joint(), doubts);
  }

  private void compareWith(Layout layout, NodeId peer, BitSet partitions) {
    if (stopped) {
      return;
    }
    long began = nowSeconds();
    var ask = new Request.SumPartitions(layout.epoch(), Bytes.wrap(partitions.toByteArray()));
    Reply.Sums theirs = peers.sums(peer, ask, partitions.cardinality());
    Reply.Sums mine = peers.sums(self, ask, partitions.cardinality());
    if (mine == null || theirs == null) {
      findings.unreachable(peer, partitions);
      return;
    }
    var differing = new BitSet();
    int i = 0;
    for (int p = partitions.nextSetBit(0); p >= 0; p = partitions.nextSetBit(p + 1)) {
      differing.set(p, mine.at(i) != theirs.at(i));
      if (!differing.get(p)) {
        findings.equal(peer, p);
        equalTimes.equal(peer, p, began);
      }
      i++;
    }
    findings.comparing(differing.cardinality());
    for (int p = differing.nextSetBit(0); p >= 0; p = differing.nextSetBit(p + 1)) {
      if (!stopped && !compare(layout.epoch(), peer, p)) {
        findings.differs(peer, p);
      }
      findings.comparing(-1);
    }
  }

  /**
   * Compares a partition's leaves and exchanges rows; true when no row differs that is old enough
   * to matter.
   */
  private boolean compare(long epoch, NodeId peer, int partition) {
    var ask = new Request.SumLeaves(epoch, partition);
    Reply.Sums theirs = peers.sums(peer, ask, RowSums.LEAVES);
    Reply.Sums mine = peers.sums(self, ask, RowSums.LEAVES);
    if (mine == null || theirs == null) {
      return false;
    }
    long began = nowSeconds();
    var leaves = new BitSet();
    for (int i = 0; i < RowSums.LEAVES; i++) {
      leaves.set(i, mine.at(i) != theirs.at(i));
    }
    long pause = pace.pause().toNanos();
    var pull = new RowTransfer(peers, peer, self, epoch, pause);
    var push = new RowTransfer(peers, self, peer, epoch, pause);
    var here = new StampStream(peers, self, epoch, partition, leaves);
    var there = new StampStream(peers, peer, epoch, partition, leaves);
    boolean ended = exchange(here, there, pull, push, () -> findings.differs(peer, partition));
    pulled.addAndGet(pull.moved());
    pushed.addAndGet(push.moved());
    if (ended) {
      findings.equal(peer, partition);
      equalTimes.equal(peer, partition, began - pace.young().toSeconds());
    }
    return ended;
  }

  private long nowSeconds() {
    return TimeUnit.MICROSECONDS.toSeconds(time.wallMicros());
  }

  /** Brings each side the other's newer rows; false when one of them fell silent. */
  private boolean exchange(
      StampStream here, StampStream there, RowTransfer pull, RowTransfer push, Runnable found) {
    long pause = pace.pause().toNanos();
    while (here.fill(pause) && there.fill(pause)) {
      Reply.Stamped mine = here.head();
      Reply.Stamped theirs = there.head();
      if (mine == null && theirs == null) {
        return pull.flush() && push.flush();
      }
      int order =
          mine == null ? 1 : theirs == null ? -1 : Key.ORDER.compare(mine.key(), theirs.key());
      Stamp hereStamp = mine == null || order > 0 ? Stamp.ZERO : mine.stamp();
      Stamp thereStamp = theirs == null || order < 0 ? Stamp.ZERO : theirs.stamp();
      Key key = mine != null && order <= 0 ? mine.key() : theirs == null ? null : theirs.key();
      if (mine != null && order <= 0) {
        here.drop();
      }
      if (theirs != null && order >= 0) {
        there.drop();
      }
      int newer = hereStamp.compareTo(thereStamp);
      if (key != null && newer != 0 && isOld(newer > 0 ? hereStamp : thereStamp)) {
        found.run();
        if (!(newer > 0 ? push : pull).add(key)) {
          return false;
        }
      }
    }
    return false;
  }

  /**
   * Whether a row is old enough to repair: the coordinator of a recent write still brings it to all
   * replicas.
   */
  private boolean isOld(Stamp stamp) {
    return time.wallMicros() - stamp.time() >= pace.young().toNanos() / 1000;
  }
}
