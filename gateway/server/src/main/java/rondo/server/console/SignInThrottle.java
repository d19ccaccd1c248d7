package rondo.server.console;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Duration;
import rondo.ring.port.Time;

/**
 * Slows down those who guess keys. After {@link #FREE} failures, each further one costs its address
 * {@link #PAUSE} before it may try again; that is forgotten as time goes by. Secrets have 240
 * random bits, so it is their senders' load that this bounds. Thread-safe; bounded.
 */
final class SignInThrottle {
  /** As many as a person needs who mixes up two keys. */
  static final int FREE = 5;

  static final Duration PAUSE = Duration.ofSeconds(10);
  private static final int MOST_ADDRESSES = 10_000;

  private final Time time;

  /** By address: the time up to which its failures are paid for. */
  private final Cache<String, Long> debts =
      Caffeine.newBuilder().maximumSize(MOST_ADDRESSES).build();

  SignInThrottle(Time time) {
    this.time = time;
  }

  /** The seconds for which the address has to wait before it tries again; 0 when it needn't. */
  long waitSeconds(String address) {
    Long debt = debts.getIfPresent(address);
    long over = debt == null ? 0 : debt - time.nanos() - PAUSE.multipliedBy(FREE - 1L).toNanos();
    return over <= 0 ? 0 : Math.max(1, Duration.ofNanos(over).toSeconds());
  }

  void failed(String address) {
    long now = time.nanos();
    debts
        .asMap()
        .merge(
            address,
            now + PAUSE.toNanos(),
            (before, first) -> Math.max(before, now) + PAUSE.toNanos());
  }
}
