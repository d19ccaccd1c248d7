package rondo.ring.hint;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Answer;
import rondo.ring.message.Reply;
import rondo.ring.message.Request;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Network;
import rondo.ring.port.Time;
import rondo.ring.value.Key;
import rondo.ring.value.NodeId;
import rondo.ring.value.Stamp;
import rondo.ring.value.VersionedValue;

/**
 * A coordinator's network that notices the replicas that did not confirm a state, for {@link
 * HintedHandoff} to store as hints. A hint counts towards no write's quorum. The coordinator's own
 * replica is left out: if its disk fails, so does the disk that hints are on. Thread-safe.
 */
public final class HintedNetwork implements Network {
  /** A replica that has not answered by then is not just slow; a hint too many does no harm. */
  private static final long PATIENCE_NANOS = 2_000_000_000L;

  /** The most bytes of unconfirmed states; further ones are left to anti-entropy. */
  private static final long MOST_OPEN_BYTES = 32L << 20;

  /** About the bytes of an entry beside its key and value. */
  private static final int ENTRY_BYTES = 200;

  private final NodeId self;
  private final Network inner;
  private final Time time;
  private final Map<SentState, OpenState> open = new LinkedHashMap<>();
  private long openBytes;
  private long lastMicros;
  private long overlooked;

  private record SentState(NodeId to, Key key, Stamp stamp) {}

  private record OpenState(VersionedValue state, long dueNanos) {
    long bytes() {
      return (long) ENTRY_BYTES + (state.value() == null ? 0 : state.value().length());
    }
  }

  public HintedNetwork(NodeId self, Network inner, Time time) {
    this.self = self;
    this.inner = inner;
    this.time = time;
  }

  @Override
  public void send(NodeId to, Request request, long deadlineNanos, Mailbox<Answer> answers) {
    if (request instanceof Request.Propagate propagate && !to.equals(self)) {
      var sent = new SentState(to, propagate.key(), propagate.state().stamp());
      track(sent, propagate.state());
      inner.send(to, request, deadlineNanos, tracking(sent, answers));
    } else {
      inner.send(to, request, deadlineNanos, answers);
    }
  }

  private synchronized void track(SentState sent, VersionedValue state) {
    var next = new OpenState(state, time.nanos() + PATIENCE_NANOS);
    if (open.containsKey(sent)) {
      return;
    }
    if (openBytes + next.bytes() > MOST_OPEN_BYTES) {
      overlooked++;
      return;
    }
    open.put(sent, next);
    openBytes += next.bytes();
  }

  private Mailbox<Answer> tracking(SentState sent, Mailbox<Answer> answers) {
    return new Mailbox<>() {
      @Override
      public void put(Answer answer) {
        if (answer.reply() instanceof Reply.Done || answer.reply() instanceof Reply.Moved) {
          confirmed(sent);
        }
        answers.put(answer);
      }

      @Override
      public @Nullable Answer take(long deadlineNanos) {
        return answers.take(deadlineNanos);
      }
    };
  }

  private synchronized void confirmed(SentState sent) {
    OpenState known = open.remove(sent);
    openBytes -= known == null ? 0 : known.bytes();
  }

  /**
   * Hints of the states whose confirmation is overdue, by target; this network then forgets them.
   */
  synchronized Map<NodeId, List<Hint>> overdue() {
    Map<NodeId, List<Hint>> overdue = new TreeMap<>();
    Iterator<Map.Entry<SentState, OpenState>> oldest = open.entrySet().iterator();
    while (oldest.hasNext()) {
      Map.Entry<SentState, OpenState> next = oldest.next();
      if (next.getValue().dueNanos() > time.nanos()) {
        break;
      }
      oldest.remove();
      openBytes -= next.getValue().bytes();
      // Each hint has its own place: a store keeps the states of one key as separate rows.
      lastMicros = Math.max(lastMicros + 1, time.wallMicros());
      var hint = Hint.ofCoordinator(lastMicros, next.getKey().key(), next.getValue().state());
      overdue.computeIfAbsent(next.getKey().to(), _ -> new ArrayList<>()).add(hint);
    }
    return overdue;
  }

  /** The number of states that were not tracked because there were too many. */
  synchronized long overlooked() {
    return overlooked;
  }
}
