package rondo.server.audit;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import rondo.ring.port.Mailbox;
import rondo.ring.port.Tasks;
import rondo.ring.port.Time;
import rondo.server.audit.AuditPeers.Member;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Has the other nodes hold the head of this node's audit log: within a second of an entry, and
 * again until each has said that it does. A node that gives no such answer, as one of an older
 * version, is asked ever more rarely. Thread-safe.
 */
final class HeadKeeper {
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final long MOST_PAUSE_NANOS = TimeUnit.MINUTES.toNanos(10);

  private final AuditLog log;
  private final AuditHead.Signer signer;
  private final AuditPeers peers;
  private final Tasks tasks;
  private final Time time;
  private final Mailbox<Boolean> stop;
  private final Map<String, Holder> holders = new HashMap<>();

  /** What another node has said: the number that it holds, and when it is asked next. */
  private record Holder(long number, long nextNanos, long pauseNanos) {}

  HeadKeeper(AuditLog log, AuditHead.Signer signer, AuditPeers peers, Tasks tasks, Time time) {
    this.log = log;
    this.signer = signer;
    this.peers = peers;
    this.tasks = tasks;
    this.time = time;
    this.stop = tasks.mailbox();
  }

  void start() {
    tasks.start(
        "audit-heads",
        () -> {
          do {
            look();
          } while (stop.take(time.nanos() + LOOK_NANOS) == null);
        });
  }

  void stop() {
    stop.put(true);
  }

  /** Sends the head to the nodes that don't hold it yet. */
  void look() {
    look(false);
  }

  /** Sends the last head, as long as nodes answer. */
  void last() {
    look(true);
  }

  private void look(boolean briefly) {
    AuditLog.Head end = log.head();
    boolean goesOn = end.number() > 0;
    @Nullable String call = null;
    for (Member member : peers.members()) {
      if (goesOn && !member.id().equals(peers.self()) && isDue(member, end)) {
        call = call == null ? call(end) : call;
        boolean held = isHeld(peers.ask(member, call));
        told(member, end, held);
        goesOn = held || !briefly;
      }
    }
  }

  private String call(AuditLog.Head end) {
    Instant now = Instant.ofEpochSecond(0, TimeUnit.MICROSECONDS.toNanos(time.wallMicros()));
    return JsonMapper.shared()
        .writeValueAsString(Map.of("ask", "hold", "head", signer.sign(end, now.toString()).view()));
  }

  private synchronized boolean isDue(Member member, AuditLog.Head end) {
    Holder holder = holders.get(member.id());
    if (holder == null) {
      return true;
    }
    // A holder may have lost its disk, so that it is told again from time to time.
    long pause = holder.number() < end.number() ? 0 : MOST_PAUSE_NANOS;
    return time.nanos() - holder.nextNanos() >= pause;
  }

  private synchronized void told(Member member, AuditLog.Head end, boolean held) {
    Holder before = holders.get(member.id());
    long pause = before == null || held ? LOOK_NANOS : 2 * before.pauseNanos();
    long bounded = Math.min(pause, MOST_PAUSE_NANOS);
    long number = held ? end.number() : before == null ? 0 : before.number();
    long next = held ? time.nanos() : time.nanos() + bounded;
    holders.put(member.id(), new Holder(number, next, bounded));
  }

  private static boolean isHeld(byte @Nullable [] answer) {
    try {
      return answer != null && JsonMapper.shared().readTree(answer).path("held").asBoolean(false);
    } catch (JacksonException e) {
      return false;
    }
  }

  /** How many other members hold the present head. */
  synchronized int holding() {
    long number = log.head().number();
    return (int) holders.values().stream().filter(it -> it.number() >= number).count();
  }
}
