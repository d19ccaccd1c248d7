package rondo.server.console;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import rondo.ring.port.Time;
import rondo.s3.auth.AccessKeyLookup;
import rondo.s3.auth.Hashes;
import rondo.s3.auth.Identity;

/**
 * The sessions of one node, in memory alone: they end with the node. A session lasts for at most
 * {@link #LIFE}, and {@link #IDLE} after its last use. Their number is bounded; of too many the one
 * ends that was used longest ago. Thread-safe.
 */
final class ConsoleSessions {
  static final Duration LIFE = Duration.ofHours(12);
  static final Duration IDLE = Duration.ofMinutes(30);

  /** A person's browsers, and some that were closed without signing out. */
  static final int MOST_PER_KEY = 20;

  static final int MOST = 1000;
  private static final int RANDOM_BYTES = 32;

  private final AccessKeyLookup keys;
  private final Time time;
  private final SecureRandom random = new SecureRandom();

  /** By the SHA-256 of the name that the browser has. */
  private final Map<String, ConsoleSession> open = new HashMap<>();

  /** A session that has begun, and the name by which its browser knows it. */
  record Begun(String name, ConsoleSession session) {}

  ConsoleSessions(AccessKeyLookup keys, Time time) {
    this.keys = keys;
    this.time = time;
  }

  /**
   * Begins a session; null when there is no such key, or it has another secret. Waits for the
   * cluster.
   *
   * @throws rondo.s3.error.S3Exception when the key can't be looked up now
   */
  @Nullable Begun begin(String accessKey, String secret) {
    Identity identity = accessKey.isEmpty() ? null : keys.find(accessKey);
    String known = identity == null ? "" : identity.secret();
    if (!Hashes.same(known, secret) || known.isEmpty()) {
      return null;
    }
    String name = random();
    long now = time.nanos();
    var session = new ConsoleSession(accessKey, sha256(secret), random(), now, new AtomicLong(now));
    put(sha256(name), session);
    return new Begun(name, session);
  }

  private synchronized void put(String hash, ConsoleSession session) {
    open.values().removeIf(this::isOver);
    while (count(it -> it.accessKey().equals(session.accessKey())) >= MOST_PER_KEY) {
      drop(it -> it.accessKey().equals(session.accessKey()));
    }
    while (open.size() >= MOST) {
      drop(it -> true);
    }
    open.put(hash, session);
  }

  private long count(Predicate<ConsoleSession> which) {
    return open.values().stream().filter(which).count();
  }

  /** Drops the one of these that was used longest ago. */
  private void drop(Predicate<ConsoleSession> which) {
    open.entrySet().stream()
        .filter(it -> which.test(it.getValue()))
        .min(Comparator.comparingLong(it -> it.getValue().usedNanos().get() - time.nanos()))
        .map(Map.Entry::getKey)
        .ifPresent(open::remove);
  }

  /** The open session of that name; null when there is none, or it is over. Never waits. */
  synchronized @Nullable ConsoleSession find(@Nullable String name) {
    if (name == null) {
      return null;
    }
    ConsoleSession session = open.get(sha256(name));
    if (session != null && isOver(session)) {
      open.remove(sha256(name));
      return null;
    }
    return session;
  }

  /**
   * Whose session it is, by the cluster's present tables; null when its key is gone, which ends all
   * sessions of the key. May wait for the cluster.
   *
   * @throws rondo.s3.error.S3Exception when the key can't be looked up now
   */
  @Nullable Identity identity(ConsoleSession session) {
    Identity identity = keys.find(session.accessKey());
    if (identity == null || !Hashes.same(session.secretSha256(), sha256(identity.secret()))) {
      endAll(session.accessKey());
      return null;
    }
    return identity;
  }

  /** Notes that a person uses the session. */
  void used(ConsoleSession session) {
    session.usedNanos().set(time.nanos());
  }

  synchronized void end(@Nullable String name) {
    open.remove(sha256(Objects.requireNonNullElse(name, "")));
  }

  private synchronized void endAll(String accessKey) {
    open.values().removeIf(it -> it.accessKey().equals(accessKey));
  }

  synchronized int size() {
    return open.size();
  }

  /** The seconds until the session ends unless it is used. */
  long secondsLeft(ConsoleSession session) {
    long now = time.nanos();
    long idle = IDLE.toNanos() - (now - session.usedNanos().get());
    long life = LIFE.toNanos() - (now - session.beganNanos());
    return Math.max(0, Duration.ofNanos(Math.min(idle, life)).toSeconds());
  }

  private boolean isOver(ConsoleSession session) {
    long now = time.nanos();
    return now - session.usedNanos().get() >= IDLE.toNanos()
        || now - session.beganNanos() >= LIFE.toNanos();
  }

  private String random() {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static String sha256(String text) {
    return Hashes.sha256Hex(text.getBytes(StandardCharsets.UTF_8));
  }
}
