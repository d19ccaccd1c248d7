package rondo.ring.hint;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import rondo.ring.layout.Layout;
import rondo.ring.message.Reply;
import rondo.ring.message.Reply.Reason;
import rondo.ring.message.Request;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.ring.quorum.Messenger;
import rondo.ring.repair.AntiEntropy;
import rondo.ring.repair.PeerQuestions;
import rondo.ring.repair.SharedPartitions;
import rondo.ring.value.NodeId;

/**
 * Hinted handoff (Dynamo, section 4.6): stores the states that replicas missed, and sends them when
 * the replicas are back, the oldest first and a page at a time.
 *
 * <p>A coordinator of this node sent such a state, and its target neither took it nor was past it.
 * The hint is on the disk at most one second after {@link HintedNetwork}'s patience has ended, and
 * stays there until the target takes the state. {@link AntiEntropy} repairs the others: states that
 * die with their coordinator before that, and hints that are too old, too many, or refused for
 * ever. All but the first are counted. {@link #status} is thread-safe.
 */
public final class HintedHandoff {
  /** Anti-entropy brings a node that was away for longer up to date with less work than hints. */
  public static final Duration DEFAULT_LIFE = Duration.ofHours(3);

  private static final int PAGE = 100;
  private static final long NONE = Long.MAX_VALUE;
  private static final long TICK_NANOS = 1_000_000_000L;

  /** The pause between two pages: a target gets at most five thousand hints a second. */
  private static final long PAUSE_NANOS = 20_000_000L;

  private final HintedNetwork network;
  private final HintStore store;
  private final Supplier<@Nullable Layout> layouts;
  private final Predicate<NodeId> suspected;
  private final PeerQuestions peers;
  private final Time time;
  private final long lifeMicros;
  private final Mailbox<Boolean> news;
  private final Mailbox<Boolean> seconds;
  private final AtomicLong stored = new AtomicLong();
  private final AtomicLong replayed = new AtomicLong();
  private final AtomicLong dropped = new AtomicLong();
  private volatile long oldestMicros = NONE;
  private volatile boolean stopped;

  /**
   * @param layouts the newest layout that is installed here; null before the first
   * @param inner the network behind {@code network}
   */
  public HintedHandoff(
      HintedNetwork network,
      Network inner,
      HintStore store,
      Supplier<@Nullable Layout> layouts,
      Predicate<NodeId> suspected,
      Tasks tasks,
      Time time,
      Duration life) {
    this.network = network;
    this.store = store;
    this.layouts = layouts;
    this.suspected = suspected;
    this.peers = new PeerQuestions(new Messenger(inner, tasks, time));
    this.time = time;
    this.lifeMicros = life.toNanos() / 1000;
    this.news = tasks.mailbox();
    this.seconds = tasks.mailbox();
  }

  /** Stores hints of missed states, every second until {@link #stop}. */
  public void keep() {
    while (!stopped) {
      network.overdue().forEach(this::store);
      seconds.take(time.nanos() + TICK_NANOS);
    }
  }

  /** Sends hints to their targets, until {@link #stop}. */
  public void run() {
    while (!stopped) {
      Layout layout = layouts.get();
      if (layout != null) {
        store.targets().forEach(target -> replay(layout, target));
        oldestMicros = oldest();
      }
      news.take(time.nanos() + TICK_NANOS);
    }
  }

  public void stop() {
    stopped = true;
    news.put(true);
    seconds.put(true);
  }

  public HintStatus status() {
    return new HintStatus(
        store.count(), stored.get(), replayed.get(), dropped.get() + network.overlooked());
  }

  /** How long the oldest hint has waited in nanoseconds, as of the last turn; 0 without hints. */
  public long oldestNanos() {
    long oldest = oldestMicros;
    return oldest == NONE ? 0 : Math.max(0, (time.wallMicros() - oldest) * 1000);
  }

  private long oldest() {
    return store.targets().stream()
        .flatMap(target -> store.oldest(target, 1).stream())
        .mapToLong(Hint::atMicros)
        .min()
        .orElse(NONE);
  }

  private void store(NodeId target, List<Hint> hints) {
    boolean kept = store.add(target, hints);
    (kept ? stored : dropped).addAndGet(hints.size());
  }

  /** Sends a target its hints for as long as it takes them. */
  private void replay(Layout layout, NodeId target) {
    boolean continues = true;
    while (continues && !stopped) {
      List<Hint> page = store.oldest(target, PAGE);
      List<Hint> obsolete = page.stream().filter(hint -> isObsolete(layout, target, hint)).toList();
      if (!obsolete.stream()
          .filter(Hint::isFromSubstitute)
          .allMatch(hint -> passToOwners(layout, target, hint))) {
        return;
      }
      dropped.addAndGet(obsolete.stream().filter(hint -> !hint.isFromSubstitute()).count());
      List<Hint> wanted = page.stream().filter(hint -> !obsolete.contains(hint)).toList();
      List<Hint> done = suspected.test(target) ? List.of() : send(layout, target, wanted);
      List<Hint> finished = Stream.concat(obsolete.stream(), done.stream()).toList();
      if (!finished.isEmpty()) {
        store.remove(target, finished);
      }
      continues = !page.isEmpty() && finished.size() == page.size();
      peers.pause(PAUSE_NANOS);
    }
  }

  private boolean isObsolete(Layout layout, NodeId target, Hint hint) {
    boolean expired = time.wallMicros() - hint.atMicros() > lifeMicros && !hint.isFromSubstitute();
    return expired || !SharedPartitions.owners(layout, hint.key()).contains(target);
  }

  /**
   * Turns a hint whose state may be on no other node into hints for the key's present owners; false
   * when there is no room.
   */
  private boolean passToOwners(Layout layout, NodeId target, Hint hint) {
    return SharedPartitions.owners(layout, hint.key()).stream()
        .filter(owner -> !owner.equals(target))
        .allMatch(owner -> store.add(owner, List.of(hint)));
  }

  /** Sends hints; returns those that are finished: the target took them, or never will. */
  private List<Hint> send(Layout layout, NodeId target, List<Hint> hints) {
    List<Request.Propagate> states =
        hints.stream()
            .map(hint -> new Request.Propagate(layout.epoch(), hint.key(), hint.state()))
            .toList();
    List<@Nullable Reply> replies = peers.askAll(target, states);
    var done = new ArrayList<Hint>();
    for (int i = 0; i < hints.size(); i++) {
      Reply reply = replies.get(i);
      if (reply instanceof Reply.Done || reply instanceof Reply.Moved) {
        replayed.incrementAndGet();
        done.add(hints.get(i));
      } else if (reply instanceof Reply.Refused(Reason reason, String _)
          && reason != Reason.UNAVAILABLE
          && !hints.get(i).isFromSubstitute()) {
        dropped.incrementAndGet();
        done.add(hints.get(i));
      }
    }
    return done;
  }
}
