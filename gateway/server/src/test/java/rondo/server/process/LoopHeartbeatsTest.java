package rondo.server.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import rondo.ring.port.Time;

@Timeout(120)
final class LoopHeartbeatsTest {
  @Test
  void a_loop_that_stands_still_is_named_until_it_goes_on() throws InterruptedException {
    var nanos = new AtomicLong();
    var heartbeats = new LoopHeartbeats(new Moved(nanos));
    Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(2));
    try {
      heartbeats.watch("s3", vertx);
      assertThat(heartbeats.late()).isEmpty();
      var blocked = new CountDownLatch(1);
      var goesOn = new CountDownLatch(1);
      vertx.runOnContext(none -> {
        blocked.countDown();
        awaitQuietly(goesOn);
      });
      blocked.await();
      nanos.addAndGet(Duration.ofMinutes(1).toNanos());
      await(() -> heartbeats.late().matches("event loops stand still: s3 [01]"));
      goesOn.countDown();
      await(() -> heartbeats.late().isEmpty());
    } finally {
      vertx.close().toCompletionStage().toCompletableFuture().join();
    }
  }

  /** A clock that only the test moves. */
  private record Moved(AtomicLong now) implements Time {
    @Override
    public long wallMicros() {
      return now.get() / 1_000;
    }

    @Override
    public long nanos() {
      return now.get();
    }
  }

  private interface Condition {
    boolean holds();
  }

  private static void await(Condition condition) {
    while (!condition.holds()) {
      LockSupport.parkNanos(1_000_000);
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
