package rondo.server.live;

import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import rondo.ring.port.Time;
import rondo.s3.logging.EndedRequest;
import rondo.s3.logging.RequestObserver;
import rondo.server.api.ApiAnswer;
import rondo.server.api.ApiCall;
import rondo.server.api.ApiFamily;
import rondo.server.api.ApiLines;
import rondo.server.api.ApiParameter;
import rondo.server.api.ApiRoute;
import rondo.server.api.JsonSchema;
import tools.jackson.databind.json.JsonMapper;

/**
 * Gives the requests of S3 to those who watch them, as they end. Costs a look at an empty list
 * while there are none; a reader who is slow loses requests, is told how many, and slows nothing.
 * Thread-safe; bounded.
 */
public final class RequestTrace implements RequestObserver, ApiFamily {
  private static final int MOST_READERS = 8;
  private static final int LONGEST_SECONDS = 3600;
  private static final double MILLION = 1e6;

  /** Often enough to notice soon that a reader is gone. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(3);

  private static final JsonMapper JSON = JsonMapper.shared();

  private final List<TraceReader> readers = new CopyOnWriteArrayList<>();
  private final Semaphore places = new Semaphore(MOST_READERS);
  private final Time time;

  public RequestTrace(Time time) {
    this.time = time;
  }

  @Override
  public void ended(EndedRequest request) {
    readers.forEach(reader -> reader.ended(request));
  }

  @Override
  public List<ApiRoute> routes() {
    JsonSchema word = JsonSchema.text(0, 255);
    return List.of(
        ApiRoute.get(
                "/v1/trace", "Gives this node's requests as they end, a line of JSON for each.")
            .query(ApiParameter.optional("operation", word, "Only of this one, as GetObject."))
            .query(ApiParameter.optional("bucket", word, "Only to this bucket."))
            .query(ApiParameter.optional("identity", word, "Only by this account."))
            .query(
                ApiParameter.optional(
                    "status",
                    JsonSchema.like("^[0-9]{1,3}$"),
                    "Only of this status, or of those that begin so."))
            .query(
                ApiParameter.optional(
                    "slower", JsonSchema.whole(0, 3_600_000), "Only that took so many ms."))
            .query(
                ApiParameter.optional(
                    "seconds", JsonSchema.whole(1, LONGEST_SECONDS), "How long to watch."))
            .gives(JsonSchema.lines("kind:string"), this::watch));
  }

  private ApiAnswer watch(ApiCall call) {
    TraceFilter filter = TraceFilter.of(call);
    long seconds = Long.parseLong(call.query("seconds", String.valueOf(LONGEST_SECONDS)));
    if (!places.tryAcquire()) {
      return ApiAnswer.refused(429, MOST_READERS + " are watching this node's requests already");
    }
    ApiLines.Source lines = to -> watch(filter, seconds, to);
    return ApiAnswer.of(lines);
  }

  private void watch(TraceFilter filter, long seconds, ApiLines to) throws InterruptedException {
    var reader = new TraceReader(filter);
    readers.add(reader);
    try {
      long end = time.nanos() + TimeUnit.SECONDS.toNanos(seconds);
      boolean wanted = to.send(JSON.writeValueAsString(Map.of("kind", "idle")));
      while (wanted && time.nanos() < end) {
        EndedRequest next = reader.next(Math.min(IDLE_NANOS, end - time.nanos()));
        long lost = reader.lost();
        if (lost > 0) {
          to.send(JSON.writeValueAsString(Map.of("kind", "lost", "requests", lost)));
        }
        wanted = to.send(JSON.writeValueAsString(line(next)));
      }
    } finally {
      readers.remove(reader);
      places.release();
    }
  }

  private Map<String, Object> line(@Nullable EndedRequest request) {
    if (request == null) {
      return Map.of("kind", "idle");
    }
    var line = new LinkedHashMap<String, Object>();
    line.put("kind", "request");
    line.put("ended", Instant.ofEpochMilli(time.wallMicros() / 1000).toString());
    line.put("id", request.names().id());
    line.put("operation", inCamelCase(request.operation().name()));
    line.put("target", request.names().target());
    line.put("bucket", request.bucket());
    line.put("identity", request.account());
    line.put("status", request.status());
    line.put("code", request.errorCode());
    line.put("millis", request.nanos() / MILLION);
    line.put("answerMillis", request.answeredNanos() / MILLION);
    line.put("receivedBytes", request.receivedBytes());
    line.put("sentBytes", request.sentBytes());
    return line;
  }

  private static String inCamelCase(String constant) {
    return Arrays.stream(constant.split("_"))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }
}
