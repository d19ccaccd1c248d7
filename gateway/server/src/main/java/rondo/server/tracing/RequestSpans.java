package rondo.server.tracing;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import rondo.ring.port.Time;
import rondo.s3.logging.EndedRequest;
import rondo.s3.logging.RequestObserver;
import rondo.store.trace.RequestPart;

/**
 * Makes spans of each request that is sampled, when it has ended: the request, until its sender was
 * known, its operation, and what that asked of each node. A client's {@code traceparent} is their
 * parent, and decides whether there are any. Thread-safe.
 */
public final class RequestSpans implements RequestObserver, AutoCloseable {
  private static final AttributeKey<String> ID = AttributeKey.stringKey("rondo.request_id");
  private static final AttributeKey<String> BUCKET = AttributeKey.stringKey("aws.s3.bucket");
  private static final AttributeKey<String> IDENTITY = AttributeKey.stringKey("rondo.identity");
  private static final AttributeKey<String> CODE = AttributeKey.stringKey("error.type");
  private static final AttributeKey<Long> STATUS =
      AttributeKey.longKey("http.response.status_code");
  private static final AttributeKey<Long> RECEIVED = AttributeKey.longKey("http.request.body.size");
  private static final AttributeKey<Long> SENT = AttributeKey.longKey("http.response.body.size");
  private static final AttributeKey<String> PEER = AttributeKey.stringKey("rondo.peer");
  private static final AttributeKey<Boolean> AWAITED = AttributeKey.booleanKey("rondo.awaited");

  /** The request, its sender and its operation. */
  private static final int FIXED_SPANS = 3;

  /** From this status on the fault is the server's; a client's is no error of this span. */
  private static final int FIRST_OWN_FAULT = 500;

  private static final long CLOSING_SECONDS = 2;

  private static final TextMapGetter<String> HEADER =
      (header, key) -> key.equals("traceparent") ? header : null;

  private final SpanExport export;
  private final SdkTracerProvider provider;
  private final Tracer tracer;
  private final Time time;

  /**
   * @param collector takes the spans, by OTLP over HTTP
   * @param share of the requests without {@code traceparent} that are traced, from 0 to 1
   * @param node this one's name
   */
  public RequestSpans(URI collector, double share, String node, Time time) {
    this.export = SpanExport.to(collector);
    Attributes who =
        Attributes.of(
            AttributeKey.stringKey("service.name"),
            "rondo",
            AttributeKey.stringKey("service.instance.id"),
            node);
    this.provider =
        SdkTracerProvider.builder()
            .setResource(Resource.create(who))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(share)))
            .addSpanProcessor(export.queue())
            .build();
    this.tracer = provider.get("rondo");
    this.time = time;
  }

  @Override
  public void ended(EndedRequest request) {
    EndedRequest.Times times = request.times();
    var clock = new SpanClock(TimeUnit.MICROSECONDS.toNanos(time.wallMicros()) - System.nanoTime());
    Span root = clock.begin(server(request), times.startNanos());
    if (!root.isRecording() || !export.admits(FIXED_SPANS + times.parts().size())) {
      return;
    }
    if (request.status() == 0 || request.status() >= FIRST_OWN_FAULT) {
      root.setStatus(StatusCode.ERROR);
    }
    Context inside = Context.root().with(root);
    long senderNanos = times.startNanos() + times.senderNanos();
    clock.span(child("authenticate", inside), times.startNanos(), senderNanos);
    Span operation = clock.begin(child("coordinate", inside), senderNanos);
    for (RequestPart part : times.parts()) {
      SpanBuilder asked = child(part.name(), Context.root().with(operation));
      asked.setSpanKind(SpanKind.CLIENT).setAttribute(PEER, part.node());
      asked.setAttribute(AWAITED, part.ended());
      clock.span(asked, part.startNanos(), part.endNanos());
    }
    clock.end(operation, times.startNanos() + Math.max(times.senderNanos(), times.answeredNanos()));
    clock.end(root, times.startNanos() + times.nanos());
  }

  private SpanBuilder server(EndedRequest request) {
    Context parent =
        request.times().traceParent().isEmpty()
            ? Context.root()
            : W3CTraceContextPropagator.getInstance()
                .extract(Context.root(), request.times().traceParent(), HEADER);
    SpanBuilder span =
        tracer
            .spanBuilder("S3 " + request.operation())
            .setParent(parent)
            .setSpanKind(SpanKind.SERVER)
            .setAttribute(ID, request.names().id())
            .setAttribute(BUCKET, request.bucket())
            .setAttribute(IDENTITY, request.account())
            .setAttribute(STATUS, (long) request.status())
            .setAttribute(RECEIVED, request.receivedBytes())
            .setAttribute(SENT, request.sentBytes());
    if (!request.errorCode().isEmpty()) {
      span.setAttribute(CODE, request.errorCode());
    }
    return span;
  }

  private SpanBuilder child(String name, Context parent) {
    return tracer.spanBuilder(name).setParent(parent);
  }

  /**
   * Turns times of {@link System#nanoTime} into those of the wall.
   *
   * @param offsetNanos from the one to the other
   */
  private record SpanClock(long offsetNanos) {
    Span begin(SpanBuilder span, long startNanos) {
      return span.setStartTimestamp(startNanos + offsetNanos, TimeUnit.NANOSECONDS).startSpan();
    }

    void end(Span span, long endNanos) {
      span.end(endNanos + offsetNanos, TimeUnit.NANOSECONDS);
    }

    void span(SpanBuilder span, long startNanos, long endNanos) {
      end(begin(span, startNanos), endNanos);
    }
  }

  /** How many spans were sent and lost. */
  public SpanFigures figures() {
    return export.figures();
  }

  /** Sends what waits, for at most two seconds. */
  @Override
  public void close() {
    provider.shutdown().join(CLOSING_SECONDS, TimeUnit.SECONDS);
  }
}
