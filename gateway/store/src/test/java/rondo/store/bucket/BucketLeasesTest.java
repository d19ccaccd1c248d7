package rondo.store.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import rondo.ring.port.Time;

/** The lease of a bucket's row: which operations use the old row, and which wait for them. */
final class BucketLeasesTest {
  private static final Time CLOCK =
      new Time() {
        @Override
        public long nanos() {
          return System.nanoTime();
        }

        @Override
        public long wallMicros() {
          return TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
        }
      };

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final BucketLeases leases = new BucketLeases(CLOCK, BucketLeases.OtherGateways.NONE);
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  private Future<Boolean> write(String bucket) throws InterruptedException {
    Future<Boolean> write =
        threads.submit(() ->
            leases.within(
                bucket,
                () -> {
                  begun.countDown();
                  try {
                    return end.await(20, TimeUnit.SECONDS);
                  } catch (InterruptedException e) {
                    return false;
                  }
                }));
    assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
    return write;
  }

  @Test
  void a_change_ends_after_every_write_that_went_by_the_row_before() throws Exception {
    Future<Boolean> write = write("b");
    Future<?> change = threads.submit(() -> leases.forgetEverywhere("b"));
    Future<?> other = threads.submit(() -> leases.forgetEverywhere("c"));
    other.get(20, TimeUnit.SECONDS);
    assertThatThrownBy(() -> change.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    end.countDown();
    change.get(20, TimeUnit.SECONDS);
    assertThat(write.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void another_gateway_hears_of_it_when_writes_have_ended_here() throws Exception {
    Future<Boolean> write = write("b");
    Future<?> told = threads.submit(() -> leases.settle("b"));
    assertThatThrownBy(() -> told.get(200, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    end.countDown();
    told.get(20, TimeUnit.SECONDS);
    assertThat(write.get(20, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void who_changes_a_bucket_in_the_middle_of_its_own_work_waits_for_nobody() {
    assertThat(
            leases.within(
                "b",
                () -> {
                  leases.forgetEverywhere("b");
                  return true;
                }))
        .isTrue();
  }
}
