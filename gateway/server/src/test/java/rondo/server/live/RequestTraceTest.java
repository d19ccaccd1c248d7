package rondo.server.live;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import rondo.ring.port.Time;
import rondo.s3.auth.SignedRequest;
import rondo.s3.logging.EndedRequest;
import rondo.s3.request.Operation.ObjectOperation;
import rondo.s3.request.QueryParameters;
import rondo.server.api.ApiAnswer;
import rondo.server.api.ApiCall;
import rondo.server.api.ApiLines;

/** Requests reach those who watch them. */
@Timeout(60)
final class RequestTraceTest {
  /** A clock that stands still. */
  private record FixedTime() implements Time {
    @Override
    public long nanos() {
      return 0;
    }

    @Override
    public long wallMicros() {
      return 0;
    }
  }

  private static EndedRequest request(String bucket, int status, long millis) {
    return new EndedRequest(
        ObjectOperation.GET_OBJECT,
        status,
        "",
        1,
        2,
        EndedRequest.Times.of(TimeUnit.MILLISECONDS.toNanos(millis), 0),
        new EndedRequest.Names("id", "GET /" + bucket, "ann", bucket));
  }

  private static ApiCall call(String query) {
    return new ApiCall(
        Map.of(),
        new QueryParameters(query),
        "",
        new SignedRequest("GET", "/v1/trace", query, List.of()),
        false);
  }

  private static boolean takes(String query) {
    return TraceFilter.of(call(query)).takes(request("b", 503, 20));
  }

  @Test
  void a_filter_chooses() {
    for (String fits :
        List.of(
            "",
            "operation=getobject",
            "operation=GetObject",
            "operation=GET_OBJECT",
            "bucket=b",
            "identity=ann",
            "status=5",
            "status=503",
            "slower=20")) {
      assertThat(takes(fits)).as(fits).isTrue();
    }
    for (String other :
        List.of("operation=Get", "bucket=c", "identity=a", "status=2", "status=504", "slower=21")) {
      assertThat(takes(other)).as(other).isFalse();
    }
  }

  @Test
  void a_slow_reader_loses_requests_and_is_told_how_many() throws InterruptedException {
    var reader = new TraceReader(TraceFilter.of(call("")));
    for (int i = 0; i < TraceReader.MOST_WAITING + 7; i++) {
      reader.ended(request("b", 200, 1));
    }
    assertThat(reader.lost()).isEqualTo(7);
    assertThat(reader.lost()).isZero();
    assertThat(reader.next(0)).isNotNull();
  }

  @Test
  void lines_come_until_the_reader_goes() throws InterruptedException {
    var trace = new RequestTrace(new FixedTime());
    ApiAnswer answer = trace.routes().getFirst().handler().apply(call("bucket=b"));
    var lines = new ArrayList<String>();
    ((ApiLines.Source) answer.body())
        .give(line -> {
          lines.add(line);
          trace.ended(request("b", 200, 5));
          trace.ended(request("other", 200, 5));
          return lines.size() < 3;
        });
    assertThat(lines).hasSize(3);
    assertThat(lines.getFirst()).contains("\"idle\"");
    assertThat(lines.get(1)).contains("\"request\"", "\"GetObject\"", "\"ann\"", "5.0");
    trace.ended(request("b", 200, 5));
  }

  @Test
  void few_watch_at_once() {
    var trace = new RequestTrace(new FixedTime());
    var handler = trace.routes().getFirst().handler();
    int taken = 0;
    while (handler.apply(call("")).status() == 200) {
      taken++;
    }
    assertThat(taken).isEqualTo(8);
    assertThat(handler.apply(call("")).status()).isEqualTo(429);
  }
}
