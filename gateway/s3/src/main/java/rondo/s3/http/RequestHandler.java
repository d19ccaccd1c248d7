package rondo.s3.http;

import io.netty.handler.codec.TooLongFrameException;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Objects;
import rondo.s3.admission.RequestMemory;
import rondo.s3.error.RefusedRequest;
import rondo.s3.error.S3Error;
import rondo.s3.error.S3Exception;
import rondo.s3.framing.RequestDecoder;
import rondo.store.trace.RequestParts;
import rondo.store.trace.ServedRequest;

/**
 * Takes each request as it arrives. The event loop only admits it and hands it to a virtual thread
 * of its own. Thread-safe.
 */
final class RequestHandler implements Handler<HttpServerRequest> {
  /** 32 MiB together, enough for the clients that a machine's cores keep busy. */
  private static final int WRITE_BUFFERS = 128;

  private final GatewaySettings settings;
  private final RequestAdmission admission;
  private final S3Service service;
  private final WriteBuffers buffers;

  RequestHandler(GatewaySettings settings, RequestAdmission admission, S3Service service) {
    this(settings, admission, service, new WriteBuffers(WRITE_BUFFERS));
  }

  private RequestHandler(
      GatewaySettings settings,
      RequestAdmission admission,
      S3Service service,
      WriteBuffers buffers) {
    this.settings = settings;
    this.admission = admission;
    this.service = service;
    this.buffers = buffers;
  }

  /** A handler for another service, under the limits of this one. */
  RequestHandler with(S3Service other) {
    return new RequestHandler(settings, admission, other, buffers);
  }

  @Override
  public void handle(HttpServerRequest request) {
    if (RequestDecoder.of(request.connection()).hasEnded()) {
      // Sent behind the connection's last request; the one that closes the connection is on its
      // way.
      return;
    }
    RequestParts parts = service.times(request) ? new RequestParts() : null;
    ServedRequest trace = ServedRequest.next(parts);
    String id = trace.id();
    RequestMemory memory = admission.enter(request);
    if (memory == null) {
      refuse(request, id, new S3Exception(S3Error.SLOW_DOWN));
      return;
    }
    var body = new ClientBody(request, settings.stall(), memory);
    String parent = Objects.requireNonNullElse(request.getHeader("traceparent"), "");
    var log = new RequestLog(parts, parent);
    var exchange = new HttpExchange(settings, service, buffers, request, body, memory, id, log);
    Thread.ofVirtual()
        .name("s3-" + id)
        .start(() -> {
          try {
            trace.run(exchange::run);
          } finally {
            admission.leave(request);
          }
        });
  }

  /** Refuses a request that isn't HTTP or has too large a head, and closes the connection. */
  void refuseMalformed(HttpServerRequest request) {
    S3Exception refusal =
        switch (request.decoderResult().cause()) {
          case S3Exception framing -> framing;
          case TooLongFrameException _ -> new S3Exception(S3Error.REQUEST_HEADER_SECTION_TOO_LARGE);
          default -> new S3Exception(S3Error.INVALID_REQUEST);
        };
    refuse(request, ServedRequest.next().id(), refusal);
  }

  private void refuse(HttpServerRequest request, String id, S3Exception refusal) {
    service.refused(refusal);
    service.accessTrail().refused(request, id, refusal);
    RequestDecoder.of(request.connection()).end();
    HttpServerResponse response = request.response();
    CommonHeaders.put(response, settings, id);
    CommonHeaders.forbidSniffing(response);
    response
        .putHeader("Connection", "close")
        .putHeader("Content-Type", "application/xml")
        .setStatusCode(refusal.error().status());
    CommonHeaders.retryAfter(refusal).forEach(response::putHeader);
    var refused = RefusedRequest.unread(request.method().name());
    Buffer document =
        Buffer.buffer(RefusalDocument.document(refusal, refused, id, settings.node()));
    response.end(document).onComplete(done -> request.connection().close());
  }
}
