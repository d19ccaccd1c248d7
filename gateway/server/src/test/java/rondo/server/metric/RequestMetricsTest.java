package rondo.server.metric;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import rondo.ring.port.Time;
import rondo.s3.logging.EndedRequest;
import rondo.s3.request.Operation;
import rondo.s3.request.Operation.ObjectOperation;
import rondo.s3.request.Operation.OtherOperation;
import rondo.s3.request.Operation.SettingOperation;

final class RequestMetricsTest {
  private final AtomicLong nanos = new AtomicLong();

  private final Time time =
      new Time() {
        @Override
        public long nanos() {
          return nanos.get();
        }

        @Override
        public long wallMicros() {
          return nanos.get() / 1000;
        }
      };

  private final RequestMetrics none = new RequestMetrics(0, time);

  private static EndedRequest request(Operation operation, int status, String code) {
    return new EndedRequest(
        operation,
        status,
        code,
        10,
        20,
        EndedRequest.Times.of(TimeUnit.MILLISECONDS.toNanos(3), 0),
        new EndedRequest.Names("id", "GET /bucket", "ann", "bucket"));
  }

  private static EndedRequest of(String account, String bucket) {
    return new EndedRequest(
        ObjectOperation.GET_OBJECT,
        200,
        "",
        1,
        2,
        EndedRequest.Times.of(3, 0),
        new EndedRequest.Names("id", "GET /", account, bucket));
  }

  private static String text(RequestMetrics metrics) {
    try (var node = new NodeMetrics(() -> "one", metrics, List.of())) {
      return node.text().replaceAll(",node=\"one\"|node=\"one\",", "");
    }
  }

  @Test
  void requests_are_counted_by_operation() {
    none.ended(request(ObjectOperation.GET_OBJECT, 200, ""));
    none.ended(request(ObjectOperation.GET_OBJECT, 206, ""));
    none.ended(request(SettingOperation.GET_BUCKET_CORS, 200, ""));
    assertThat(text(none))
        .contains(
            "# HELP rondo_s3_requests_total Requests that have ended",
            "# TYPE rondo_s3_requests_total counter",
            "# TYPE rondo_s3_request_duration_seconds histogram",
            "rondo_s3_requests_total{operation=\"GetObject\"} 2.0\n",
            "rondo_s3_requests_total{operation=\"GetBucketCors\"} 1.0\n",
            "rondo_s3_received_bytes_total{operation=\"GetObject\"} 20.0\n",
            "rondo_s3_sent_bytes_total{operation=\"GetObject\"} 40.0\n",
            "rondo_s3_request_duration_seconds_bucket{operation=\"GetObject\",le=\"0.0025\"} 0\n",
            "rondo_s3_request_duration_seconds_bucket{operation=\"GetObject\",le=\"0.005\"} 2\n",
            "rondo_s3_request_duration_seconds_sum{operation=\"GetObject\"} 0.006\n")
        .doesNotContain("rondo_s3_errors_total{", "rondo_s3_bucket_requests_total");
  }

  @Test
  void errors_are_counted_by_code_and_whose_fault_they_are() {
    none.ended(request(ObjectOperation.GET_OBJECT, 404, "NoSuchKey"));
    none.ended(request(ObjectOperation.GET_OBJECT, 304, "NotModified"));
    none.ended(request(ObjectOperation.PUT_OBJECT, 503, "ServiceUnavailable"));
    none.ended(request(ObjectOperation.GET_OBJECT, 0, EndedRequest.BROKEN_OFF));
    none.ended(request(OtherOperation.UNKNOWN, 403, "SignatureDoesNotMatch"));
    assertThat(text(none))
        .contains(
            "rondo_s3_errors_total{code=\"NoSuchKey\",fault=\"client\",operation=\"GetObject\"}"
                + " 1.0",
            "rondo_s3_errors_total{code=\"ServiceUnavailable\",fault=\"server\","
                + "operation=\"PutObject\"} 1.0",
            "rondo_s3_errors_total{code=\"BrokenOff\",fault=\"connection\","
                + "operation=\"GetObject\"} 1.0",
            "rondo_s3_errors_total{code=\"SignatureDoesNotMatch\",fault=\"client\","
                + "operation=\"Unknown\"} 1.0")
        .doesNotContain("NotModified");
  }

  @Test
  void only_so_many_buckets_and_accounts_are_named_as_were_asked_for() {
    var top = new RequestMetrics(2, time);
    for (int i = 0; i < 1000; i++) {
      top.ended(of("account" + i, "bucket" + i));
    }
    assertThat(text(top).lines().filter(line -> line.startsWith("rondo_s3_bucket_requests_total{")))
        .containsExactlyInAnyOrder(
            "rondo_s3_bucket_requests_total{bucket=\"bucket0\"} 1.0",
            "rondo_s3_bucket_requests_total{bucket=\"bucket1\"} 1.0",
            "rondo_s3_bucket_requests_total{bucket=\"(other)\"} 998.0");
    assertThat(text(top))
        .contains("rondo_s3_identity_sent_bytes_total{identity=\"(other)\"} 1996.0");
  }

  @Test
  void a_name_that_is_busier_takes_the_place_of_the_least_busy() {
    var top = new RequestMetrics(2, time);
    top.ended(of("ann", "early"));
    for (int i = 0; i < 10; i++) {
      top.ended(of("ann", "steady"));
      top.ended(of("ann", "busy"));
    }
    assertThat(text(top)).contains("bucket=\"early\"", "bucket=\"steady\"").doesNotContain("busy");
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(1));
    text(top);
    top.ended(of("ann", "busy"));
    assertThat(text(top))
        .doesNotContain("early")
        .contains("rondo_s3_bucket_requests_total{bucket=\"steady\"} 10.0")
        .contains("rondo_s3_bucket_requests_total{bucket=\"busy\"} 1.0");
  }

  @Test
  void buckets_that_strangers_name_have_no_counter() {
    var top = new RequestMetrics(5, time);
    top.ended(of("", "invented"));
    assertThat(text(top)).doesNotContain("invented");
  }
}
