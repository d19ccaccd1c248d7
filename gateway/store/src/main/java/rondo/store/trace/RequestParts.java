package rondo.store.trace;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import rondo.ring.message.Answer;
import rondo.ring.message.Request;
import rondo.ring.port.Mailbox;
import rondo.ring.value.NodeId;

/**
 * The parts of one request's time: what it asked of each node, and how long that took as seen from
 * here. Kept only for requests of which someone wants to know it. Thread-safe; bounded.
 */
public final class RequestParts {
  /** More than any request has but those that copy or delete many objects. */
  private static final int MOST = 64;

  private final List<RunningPart> parts = new ArrayList<>();

  private static final class RunningPart {
    private final String name;
    private final String node;
    private final long startNanos = System.nanoTime();
    private volatile long endNanos;
    private volatile boolean ended;

    RunningPart(String name, String node) {
      this.name = name;
      this.node = node;
    }

    void end() {
      if (!ended) {
        endNanos = System.nanoTime();
        ended = true;
      }
    }

    RequestPart at(long nanos) {
      boolean known = ended;
      return new RequestPart(name, node, startNanos, known ? endNanos : nanos, known);
    }
  }

  private record TimedMailbox(Mailbox<Answer> answers, RunningPart part)
      implements Mailbox<Answer> {
    @Override
    public void put(Answer answer) {
      part.end();
      answers.put(answer);
    }

    @Override
    public @Nullable Answer take(long deadlineNanos) {
      return answers.take(deadlineNanos);
    }
  }

  /**
   * The mailbox for the answer to a message that this thread sends: {@code answers} itself, unless
   * its request is timed.
   */
  public static Mailbox<Answer> timing(NodeId to, Request message, Mailbox<Answer> answers) {
    RequestParts timed = ServedRequest.parts();
    RunningPart part =
        timed == null ? null : timed.begin(message.getClass().getSimpleName(), to.toString());
    return part == null ? answers : new TimedMailbox(answers, part);
  }

  /**
   * Begins a part that this thread works on; run what is returned when it has ended. Costs a look
   * at the thread unless its request is timed.
   */
  public static Runnable timing(String name, String node) {
    RequestParts timed = ServedRequest.parts();
    RunningPart part = timed == null ? null : timed.begin(name, node);
    return part == null ? () -> {} : part::end;
  }

  private synchronized @Nullable RunningPart begin(String name, String node) {
    if (parts.size() >= MOST) {
      return null;
    }
    var part = new RunningPart(name, node);
    parts.add(part);
    return part;
  }

  /** The first 64 parts, in the order in which they began. */
  public synchronized List<RequestPart> list() {
    long now = System.nanoTime();
    return parts.stream().map(part -> part.at(now)).toList();
  }
}
