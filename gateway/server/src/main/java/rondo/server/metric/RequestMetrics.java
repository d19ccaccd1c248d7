package rondo.server.metric;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import rondo.ring.measure.DurationCounts;
import rondo.ring.port.Time;
import rondo.s3.logging.EndedRequest;
import rondo.s3.logging.RequestObserver;
import rondo.s3.request.Operation;

/**
 * Counts S3's requests by operation, and where the operator asks for it by bucket and account.
 * Labels are names of operations and codes of errors that the program knows, and at most so many
 * buckets and accounts as the operator says. Thread-safe; takes no lock.
 */
public final class RequestMetrics implements RequestObserver, MetricSource {
  private static final int BAD_REQUEST = 400;
  private static final int SERVER_ERROR = 500;

  /** Counts one operation's requests. */
  private static final class OperationCounts {
    private final String name;
    private final DurationCounts durations = new DurationCounts();
    private final LongAdder receivedBytes = new LongAdder();
    private final LongAdder sentBytes = new LongAdder();
    private final ConcurrentMap<ErrorKind, LongAdder> errors = new ConcurrentHashMap<>();

    OperationCounts(String name) {
      this.name = name;
    }
  }

  private record ErrorKind(String code, String fault) {}

  private final ConcurrentMap<Operation, OperationCounts> operations = new ConcurrentHashMap<>();
  private final BusiestNames buckets;
  private final BusiestNames accounts;

  /**
   * @param top how many buckets and how many accounts are counted by their names; 0 for none
   */
  public RequestMetrics(int top, Time time) {
    this.buckets = new BusiestNames(top, time);
    this.accounts = new BusiestNames(top, time);
  }

  @Override
  public void ended(EndedRequest request) {
    OperationCounts counts = operations.get(request.operation());
    if (counts == null) {
      counts =
          operations.computeIfAbsent(
              request.operation(), known -> new OperationCounts(inCamelCase(known.name())));
    }
    counts.durations.add(request.nanos());
    add(counts.receivedBytes, request.receivedBytes());
    add(counts.sentBytes, request.sentBytes());
    String fault = fault(request);
    if (!fault.isEmpty()) {
      counts
          .errors
          .computeIfAbsent(new ErrorKind(request.errorCode(), fault), first -> new LongAdder())
          .increment();
    }
    // Names that no account vouches for could be anybody's inventions.
    buckets.count(request.account().isEmpty() ? "" : request.bucket(), request);
    accounts.count(request.account(), request);
  }

  private static void add(LongAdder sum, long bytes) {
    if (bytes > 0) {
      sum.add(bytes);
    }
  }

  /** Who made a request end in an error; empty when it didn't. */
  private static String fault(EndedRequest request) {
    if (request.errorCode().isEmpty()) {
      return "";
    }
    if (request.status() == 0) {
      return "connection";
    }
    return request.status() >= SERVER_ERROR
        ? "server"
        : request.status() >= BAD_REQUEST ? "client" : "";
  }

  /** GET_OBJECT as S3's documents write it. */
  private static String inCamelCase(String constant) {
    return Arrays.stream(constant.split("_"))
        .map(word -> word.charAt(0) + word.substring(1).toLowerCase(Locale.ROOT))
        .collect(Collectors.joining());
  }

  @Override
  public void read(MetricReading reading) {
    for (OperationCounts counts : operations.values()) {
      String name = counts.name;
      reading.put("rondo_s3_requests_total", counts.durations.count(), name);
      reading.put("rondo_s3_request_duration_seconds", counts.durations, name);
      reading.put("rondo_s3_received_bytes_total", counts.receivedBytes.sum(), name);
      reading.put("rondo_s3_sent_bytes_total", counts.sentBytes.sum(), name);
      counts.errors.forEach((kind, count) ->
          reading.put("rondo_s3_errors_total", count.sum(), name, kind.code, kind.fault));
    }
    buckets.read(reading, "rondo_s3_bucket");
    accounts.read(reading, "rondo_s3_identity");
  }
}
