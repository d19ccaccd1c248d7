package rondo.server.tracing;

import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.net.URI;
import java.time.Duration;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.logging.Level;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sends spans to a collector by OTLP over HTTP, from a queue that is bounded. A collector that is
 * gone or hangs costs spans, which are counted, and never time of a request. Thread-safe.
 */
final class SpanExport implements SpanExporter {
  private static final Logger LOG = LoggerFactory.getLogger(SpanExport.class);

  /**
   * Of the library, which would tell of each failure by a stack trace on standard error; held here
   * so that it keeps its level.
   */
  private static final java.util.logging.Logger LIBRARY_LOG =
      java.util.logging.Logger.getLogger("io.opentelemetry");

  /** About 2 MiB of spans: those of a collector's restart at a few hundred requests a second. */
  static final int MOST_WAITING = 4096;

  private static final int BATCH = 512;
  private static final Duration DELAY = Duration.ofSeconds(1);

  /** A collector nearby answers within milliseconds; a batch isn't tried twice. */
  private static final Duration TIMEOUT = Duration.ofSeconds(5);

  private final URI address;
  private final SpanExporter collector;
  private final AtomicBoolean failing = new AtomicBoolean();
  private final AtomicInteger waiting = new AtomicInteger();
  private final LongAdder sent = new LongAdder();
  private final LongAdder lost = new LongAdder();

  private SpanExport(URI address, SpanExporter collector) {
    this.address = address;
    this.collector = collector;
    LIBRARY_LOG.setLevel(Level.OFF);
  }

  static SpanExport to(URI collector) {
    return new SpanExport(
        collector,
        OtlpHttpSpanExporter.builder()
            .setEndpoint(collector.toString())
            .setConnectTimeout(TIMEOUT)
            .setTimeout(TIMEOUT)
            .setRetryPolicy(null)
            .setCompression("gzip")
            .build());
  }

  /** The queue, which is never full, since {@link #admits} keeps it from that. */
  SpanProcessor queue() {
    return BatchSpanProcessor.builder(this)
        .setMaxQueueSize(2 * MOST_WAITING)
        .setMaxExportBatchSize(BATCH)
        .setScheduleDelay(DELAY)
        .setExporterTimeout(TIMEOUT.multipliedBy(2))
        .build();
  }

  /** Takes places in the queue for so many spans; false where they are lost for lack of room. */
  boolean admits(int spans) {
    if (waiting.addAndGet(spans) <= MOST_WAITING) {
      return true;
    }
    waiting.addAndGet(-spans);
    lost.add(spans);
    return false;
  }

  SpanFigures figures() {
    return new SpanFigures(sent.sum(), lost.sum());
  }

  @Override
  public CompletableResultCode export(Collection<SpanData> spans) {
    int many = spans.size();
    CompletableResultCode result = collector.export(spans);
    result.whenComplete(() -> {
      waiting.addAndGet(-many);
      (result.isSuccess() ? sent : lost).add(many);
      tell(result);
    });
    return result;
  }

  /** A line for each change of the collector's state. */
  private void tell(CompletableResultCode result) {
    boolean fails = !result.isSuccess();
    if (failing.getAndSet(fails) == fails) {
      return;
    }
    if (fails) {
      Throwable why = result.getFailureThrowable();
      Throwable cause = why == null ? null : why.getCause();
      LOG.warn(
          "the collector at {} takes no spans, which are lost: {}",
          address,
          cause == null ? "it refuses them" : cause.toString());
    } else {
      LOG.info("the collector at {} takes spans again", address);
    }
  }

  @Override
  public CompletableResultCode flush() {
    return collector.flush();
  }

  @Override
  public CompletableResultCode shutdown() {
    return collector.shutdown();
  }
}
