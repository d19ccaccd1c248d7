package rondo.s3.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import rondo.ring.port.Time;
import rondo.s3.request.Operation.ObjectOperation;
import rondo.store.trace.RequestPart;

final class SlowRequestsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final List<String> lines = new ArrayList<>();

  private final SlowRequests slow =
      new SlowRequests(
          Duration.ofSeconds(2),
          lines::add,
          new Time() {
            @Override
            public long nanos() {
              return nanos.get();
            }

            @Override
            public long wallMicros() {
              return 0;
            }
          });

  private static EndedRequest request(long millis, String account) {
    return new EndedRequest(
        ObjectOperation.GET_OBJECT,
        account.isEmpty() ? 403 : 200,
        account.isEmpty() ? "AccessDenied" : "",
        0,
        4096,
        EndedRequest.Times.of(
            TimeUnit.MILLISECONDS.toNanos(millis), TimeUnit.MILLISECONDS.toNanos(millis - 500)),
        new EndedRequest.Names("0A1B", "GET /bucket/k%0Aey", account, "bucket"));
  }

  @Test
  void a_slow_request_has_a_line_that_says_where_the_time_went() {
    slow.ended(request(1_999, "ann"));
    slow.ended(request(2_000, "ann"));
    slow.ended(request(3_000, ""));
    assertThat(lines)
        .containsExactly(
            "slow request 0A1B: GET_OBJECT, GET /bucket/k%0Aey by 'ann', status 200, 2000 ms: 1500"
                + " until its answer, 500 to send it; 0 bytes in, 4096 out",
            "slow request 0A1B: GET_OBJECT, GET /bucket/k%0Aey by an anonymous client, status 403"
                + " AccessDenied, 3000 ms: 2500 until its answer, 500 to send it; 0 bytes in, 4096"
                + " out");
  }

  @Test
  void a_line_names_the_slowest_parts_of_a_request_in_the_order_of_time() {
    var parts = new ArrayList<RequestPart>();
    for (int i = 0; i < 20; i++) {
      parts.add(new RequestPart("Query", "aa", 0, TimeUnit.MILLISECONDS.toNanos(i), true));
    }
    long late = TimeUnit.MILLISECONDS.toNanos(1_000);
    parts.add(new RequestPart("Propagate", "bb", late, 3 * late, false));
    var times = new EndedRequest.Times(0, 3 * late, late / 500, 3 * late, parts, "");
    var request =
        new EndedRequest(
            ObjectOperation.PUT_OBJECT,
            503,
            "ServiceUnavailable",
            1,
            0,
            times,
            new EndedRequest.Names("0A1B", "PUT /b/k", "ann", "b"));
    slow.ended(request);
    assertThat(lines.getFirst())
        .contains("; 2 until its sender, Query of node aa at 0 for 19, Query")
        .endsWith(" at 0 for 9, Propagate of node bb at 1000 for 2000 (not awaited)")
        .doesNotContain("at 0 for 8,");
  }

  @Test
  void of_many_in_a_second_most_are_counted_alone() {
    for (int i = 0; i < 25; i++) {
      slow.ended(request(2_500, "ann"));
    }
    assertThat(lines).hasSize(10);
    nanos.addAndGet(TimeUnit.SECONDS.toNanos(1));
    slow.ended(request(2_500, "ann"));
    assertThat(lines).hasSize(11);
    assertThat(lines.getLast()).endsWith("; before it 15 were left out");
  }
}
